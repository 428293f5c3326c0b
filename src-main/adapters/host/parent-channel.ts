/** A forked program's line to the process that forked it, whoever the host is. */
export interface ParentChannel {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The parent ended, or hung up. */
  onClose(listener: () => void): void
}

/** What Electron's utility processes have in place of `process.send`. */
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** @throws Error when this program was started by hand and not forked. */
export function connectParent(): ParentChannel {
  const port = (process as unknown as { parentPort?: ElectronParentPort | null }).parentPort
  if (port) {
    return {
      postMessage: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      onClose: (listener) => port.on('close', listener),
    }
  }
  if (process.send === undefined) throw new Error('This program is started by Clutchcut itself.')
  return {
    // A parent that died a moment ago is no failure of ours: `onClose` tells.
    postMessage: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    onClose: (listener) => void (process.connected ? process.once('disconnect', listener) : setImmediate(listener)),
  }
}
