import { Worker } from 'node:worker_threads'

/**
 * Ends this process when its parent is gone. The closed channel is enough while the event loop turns; a native call
 * that hangs stops the loop, so a worker thread looks for the parent as well, once a second.
 */
export function endWithParent(port: { onClose(listener: () => void): void }, parent = process.ppid): void {
  port.onClose(() => process.exit(0))
  const watch = `
    const { workerData } = require('node:worker_threads')
    setInterval(() => {
      let gone = process.platform !== 'win32' && process.ppid !== workerData
      try { process.kill(workerData, 0) } catch (error) { gone ||= error.code === 'ESRCH' }
      if (gone) process.kill(process.pid, 'SIGKILL')
    }, 1000)`
  new Worker(watch, { eval: true, workerData: parent }).unref()
}
