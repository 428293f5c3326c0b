import { electronParentPort, type ElectronParentPort, type ElectronPort } from './electron-ports.ts'

/** A forked program's line to the process that forked it, whoever the host is. */
export interface ParentChannel {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The parent ended, or hung up. */
  onClose(listener: () => void): void
}

/** @throws Error when this program was started by hand and not forked. */
export function connectParent(): ParentChannel {
  const electron = electronParentPort()
  if (electron !== null) return connectThroughShell(electron)
  if (process.send === undefined) throw new Error('This program is started by Clutchcut itself.')
  return {
    // A parent that died a moment ago is no failure of ours: `onClose` tells.
    postMessage: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    onClose: (listener) => void (process.connected ? process.once('disconnect', listener) : setImmediate(listener)),
  }
}

/**
 * In the desktop, the shell starts us for the engine, and its first message brings a connection to it. Electron's
 * parent port itself never says that the other side is gone; that connection does.
 */
export function connectThroughShell(shell: ElectronParentPort): ParentChannel {
  const waiting: unknown[] = []
  const onMessage: ((message: unknown) => void)[] = []
  const onClose: (() => void)[] = []
  let port: ElectronPort | undefined
  shell.on('message', ({ ports: [given] }) => {
    if (port !== undefined || given === undefined) return
    port = given
    given.on('message', ({ data }) => {
      for (const listener of onMessage) listener(data)
    })
    given.on('close', () => {
      for (const listener of onClose) listener()
    })
    given.start()
    for (const message of waiting.splice(0)) given.postMessage(message)
  })
  return {
    postMessage(message) {
      if (port === undefined) waiting.push(message)
      else port.postMessage(message)
    },
    onMessage: (listener) => void onMessage.push(listener),
    onClose: (listener) => void onClose.push(listener),
  }
}
