import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'

/** A Node process in the place of a utility process of Electron's; the other end is `process-electron.ts`. */

type Told = { message: unknown; ports: number[] } | { port: number; data: unknown }

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => send({ message }),
})
const ports = new Map<number, Port>()

class Port extends EventEmitter {
  #waiting: unknown[] | null = []
  readonly #id: number
  constructor(id: number) {
    super()
    this.#id = id
    ports.set(id, this)
  }
  postMessage(data: unknown): void {
    send({ port: this.#id, data })
  }
  receive(data: unknown): void {
    if (this.#waiting === null) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.receive(data)
  }
  close(): void {
    ports.delete(this.#id)
  }
}

// What is told before anybody listens waits: Node begins to read with the first listener.
parentPort.once('newListener', () => {
  process.on('message', (told: Told) => {
    if ('port' in told) ports.get(told.port)?.receive(told.data)
    else parentPort.emit('message', { data: told.message, ports: told.ports.map((id) => new Port(id)) })
  })
})
// Chromium ends a utility process there and then when the browser process is gone.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

function send(said: object): void {
  if (process.connected) process.send?.(said, () => {})
}

Object.assign(process, { parentPort })
const [, , program = ''] = process.argv
// As with Electron, what follows the program are its own arguments.
process.argv.splice(1, 1)
await import(pathToFileURL(program).href)
