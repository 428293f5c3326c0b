import { parentPort, workerData, type MessagePort } from 'node:worker_threads'

/** A thread in the place of a utility process of Electron's: gives the program in `workerData` a `parentPort`. */
if (parentPort === null) throw new Error('Only as a worker.')
const outside = parentPort

/** As Electron's ports are: messages come as events, with ports beside them. */
const wrap = (port: MessagePort) => ({
  postMessage: (message: unknown) => port.postMessage(message),
  on(event: 'message' | 'close', listener: (event?: unknown) => void) {
    if (event === 'close') port.on('close', listener)
    else port.on('message', (data: unknown) => listener({ data, ports: [] }))
  },
  start: () => port.start(),
  close: () => port.close(),
})

Object.assign(process, {
  parentPort: {
    postMessage: (message: unknown) => outside.postMessage(message),
    on(_event: 'message', listener: (event: unknown) => void) {
      outside.on('message', ({ message, ports }: { message: unknown; ports: MessagePort[] }) => {
        listener({ data: message, ports: ports.map(wrap) })
      })
    },
  },
})
await import(String(workerData))
