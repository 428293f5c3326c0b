/** What the desktop's preload script puts on `window.clutchcut`; absent in a browser. */
export interface DesktopBridge {
  /**
   * Has the shell open a connection to the engine. The preload script hands its end to the page as a `message` event
   * of the window, whose data is `portMessage` and whose only port is the connection. Ask again after it closed.
   */
  requestPort(): void
  /** Where a file lies that was dropped or picked; empty for one that lies nowhere. */
  pathOf(file: File): string
  /** Shows the system's own dialog. Absolute paths; none when it was closed. */
  pick(request: PickRequest): Promise<readonly string[]>
  readonly platform: 'win32' | 'darwin' | 'linux'
}

/** As many recordings as one likes, one of the texts that go with them (chat, markers, captions), or one folder. */
export const pickKinds = ['recordings', 'texts', 'folder'] as const

export interface PickRequest {
  readonly kind: (typeof pickKinds)[number]
  /** Where the dialog begins; null: where the last one ended. */
  readonly from: string | null
}

export const portMessage = 'clutchcut/port'

/** What the preload script and the shell call each other by; nothing else is listened to. */
export const channels = {
  /** Preload to shell, and back with the port. */
  port: 'clutchcut/port',
  /** Preload asks the shell; see `pick`. */
  pick: 'clutchcut/pick',
  /** Shell to preload: a page of the interface (`#/recordings/3`) to go to. */
  go: 'clutchcut/go',
} as const

/** Where the interface comes from in the desktop, and what is played there. */
export const appOrigin = 'app://clutchcut'
export const mediaOrigin = 'media://clutchcut'
