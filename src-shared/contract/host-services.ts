/**
 * What only the host can do. Electron forbids `child_process.fork` (fuses), so even starting a Node child goes
 * through here: `utilityProcess` in the shell, `child_process.fork` in the CLI and the headless host.
 */
export interface HostServices {
  fork(entry: HostEntry): HostProcess
  /** What the host can do for a person on the machine it runs on; what is absent, it cannot. Paths are absolute. */
  readonly desktop?: DesktopServices
}

export interface DesktopServices {
  /** Puts a file into the recycle bin; never deletes. Throws `output/not-writable` where there is no bin for it. */
  trash?(path: string): Promise<void>
  /** Shows a file in the system's file manager. */
  revealInFolder?(path: string): Promise<void>
  /** Puts a file on the clipboard, as a file manager does. */
  copyFile?(path: string): Promise<void>
  /** Opens an https address in the system's browser. */
  openExternal?(url: string): Promise<void>
  /** Whether the window can ask for files and folders by the system's own dialogs. */
  readonly nativeDialogs?: boolean
  readonly tray?: boolean
}

/** Programs of ours that run in a process of their own. */
export type HostEntry = 'infer'

/** A child that speaks structured-clone messages. Ends with its parent. */
export interface HostProcess {
  readonly pid: number | undefined
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** `code` is null when a signal or a crash ended it. Called once. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}
