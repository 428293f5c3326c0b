/** What utility processes of Electron's have in place of `process.send`, as far as we use it. */
export interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: ElectronMessage) => void): unknown
}

interface ElectronMessage {
  readonly data: unknown
  readonly ports: readonly ElectronPort[]
}

/** One end of a connection between two processes. Silent until `start`. */
export interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: ElectronMessage) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/** null in a plain Node. */
export function electronParentPort(): ElectronParentPort | null {
  return (process as unknown as { parentPort?: ElectronParentPort | null }).parentPort ?? null
}
