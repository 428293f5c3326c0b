/** The inference process's line to the process that started it. */
export interface ParentPort {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
}

/** What Electron adds to `process` in a utility process. */
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** Finds the parent: Electron's port in a utility process, else Node's IPC channel. Throws where there is neither. */
export function findParentPort(from: NodeJS.Process = process): ParentPort {
  const electron = (from as NodeJS.Process & { parentPort?: ElectronParentPort }).parentPort
  if (electron) {
    return {
      postMessage: (message) => electron.postMessage(message),
      onMessage: (listener) => electron.on('message', (event) => listener(event.data)),
      onClose: (listener) => electron.on('close', listener),
    }
  }
  if (!from.send) throw new Error('This program is started by Clutchcut; it does nothing on its own.')
  return {
    // A parent that is gone closes the channel; its callback takes the error that would otherwise be thrown.
    postMessage: (message) => from.send?.(message, undefined, {}, () => {}),
    onMessage: (listener) => from.on('message', listener),
    onClose: (listener) => from.on('disconnect', listener),
  }
}
