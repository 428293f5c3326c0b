/** What the desktop's preload script puts on `window.clutchcut`; absent in a browser. */
export interface DesktopBridge {
  /**
   * Has the shell open a connection to the engine. The preload script hands its end to the page as a `message` event
   * of the window, whose data is `portMessage` and whose only port is the connection. Ask again after it closed.
   */
  requestPort(): void
  /** Where a file lies that was dropped or picked; empty for one that lies nowhere. */
  pathOf(file: File): string
  readonly platform: 'win32' | 'darwin' | 'linux'
}

export const portMessage = 'clutchcut/port'
