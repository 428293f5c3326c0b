import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Utility processes and their connections as Electron has them, made of plain Node processes, so that they can be killed. */

const child = fileURLToPath(new URL('./utility-child.ts', import.meta.url))

/** One end of a connection. What it is told goes to the other end, or into the process that this end was given to. */
export class ProcessPort extends EventEmitter {
  peer: ProcessPort | null = null
  /** Set once it was given away. */
  pass: ((data: unknown) => void) | null = null
  #started = false
  readonly #waiting: unknown[] = []

  postMessage(data: unknown): void {
    this.peer?.receive(data)
  }
  receive(data: unknown): void {
    if (this.pass !== null) this.pass(data)
    else if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
  start(): void {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.receive(data)
  }
  close(): void {
    const { peer } = this
    this.peer = null
    if (peer !== null) peer.peer = null
    peer?.emit('close')
  }
}

export class MessageChannelMain {
  readonly port1 = new ProcessPort()
  readonly port2 = new ProcessPort()
  constructor() {
    this.port1.peer = this.port2
    this.port2.peer = this.port1
  }
}

class Utility extends EventEmitter {
  readonly program: string
  readonly #process: ChildProcess
  readonly #ports = new Map<number, ProcessPort>()

  constructor(program: string, args: readonly string[]) {
    super()
    this.program = program
    this.#process = fork(child, [program, ...args], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#process.on('spawn', () => this.emit('spawn'))
    this.#process.on('message', (said: { message: unknown } | { port: number; data: unknown }) => {
      if ('message' in said) this.emit('message', said.message)
      else this.#ports.get(said.port)?.postMessage(said.data)
    })
    this.#process.once('exit', (code) => {
      for (const port of this.#ports.values()) port.close()
      this.emit('exit', code ?? 9)
    })
  }
  get pid(): number | undefined {
    return this.#process.exitCode === null && this.#process.signalCode === null ? this.#process.pid : undefined
  }
  postMessage(message: unknown, ports: readonly ProcessPort[] = []): void {
    const given = ports.map((port) => {
      const id = this.#ports.size
      this.#ports.set(id, port)
      port.pass = (data) => this.#send({ port: id, data })
      return id
    })
    this.#send({ message, ports: given })
    for (const port of ports) port.start()
  }
  kill(): boolean {
    return this.#process.kill()
  }
  #send(told: object): void {
    if (this.#process.connected) this.#process.send(told, () => {})
  }
}

export const utilityProcess = {
  all: [] as Utility[],
  fork(program: string, args: readonly string[]): Utility {
    const started = new Utility(program, args)
    utilityProcess.all.push(started)
    return started
  },
}
