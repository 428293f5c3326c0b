/**
 * What only the host can do. Electron forbids `child_process.fork` (fuses), so even starting a Node child goes
 * through here: `utilityProcess` in the shell, `child_process.fork` in the CLI and the headless host.
 */
export interface HostServices {
  fork(entry: HostEntry): HostProcess
}

/** Programs of ours that run in a process of their own. */
export type HostEntry = 'infer' | 'watchdog'

/** A child that speaks structured-clone messages. Ends with its parent. */
export interface HostProcess {
  readonly pid: number | undefined
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** `code` is null when a signal or a crash ended it. Called once. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}
