import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { HostEntry, HostProcess, HostServices } from '../../../src-shared/contract/host-services.ts'
import type { FromEngine, HostAsk, ToEngine } from '../../../src-shared/contract/shell-messages.ts'
import type { ElectronParentPort, ElectronPort } from './electron-ports.ts'

/** What the shell asks of the engine. */
export interface ShellRequests {
  window(port: ElectronPort): void
  media(message: Extract<ToEngine, { kind: 'media' }>): void
  mediaGone(id: number): void
  open(paths: readonly string[]): void
  close(): void
}

export interface ShellConnection {
  /** What the shell does for the engine. */
  readonly host: HostServices
  tell(message: FromEngine): void
  /** Hands over what the shell asked meanwhile, and from now on. */
  listen(requests: ShellRequests): void
}

type Request = Exclude<ToEngine, { kind: 'answer' | 'child' | 'child-exit' }>

interface Child {
  connect(port: ElectronPort | undefined): void
  exit(code: number | null): void
}

/** The engine's end of its connection to the desktop's shell. */
export function connectShell(parent: ElectronParentPort): ShellConnection {
  const children = new Map<number, Child>()
  const asked = new Map<number, { done(): void; fail(error: Error): void }>()
  const early: { message: Request; port: ElectronPort | undefined }[] = []
  let requests: ShellRequests | null = null
  let lastId = 0
  const tell = (message: FromEngine): void => parent.postMessage(message)

  parent.on('message', ({ data, ports: [port] }) => {
    const message = data as ToEngine
    switch (message.kind) {
      case 'answer': {
        const waiting = asked.get(message.id)
        asked.delete(message.id)
        if (message.failure === null) waiting?.done()
        else waiting?.fail(new Error(message.failure))
        return
      }
      case 'child':
        children.get(message.child)?.connect(port)
        return
      case 'child-exit':
        children.get(message.child)?.exit(message.code)
        children.delete(message.child)
        return
      default:
        if (requests === null) early.push({ message, port })
        else pass(requests, message, port)
    }
  })

  function ask(what: HostAsk, value: string): Promise<void> {
    const id = ++lastId
    return new Promise((done, fail) => {
      asked.set(id, { done, fail })
      tell({ kind: 'ask', id, what, value })
    })
  }

  function fork(entry: HostEntry): HostProcess {
    const id = ++lastId
    const child = createChild(() => tell({ kind: 'kill', child: id }))
    children.set(id, child)
    tell({ kind: 'fork', child: id, entry })
    return child.process
  }

  return {
    host: {
      fork,
      desktop: {
        trash: (path) =>
          ask('trash', path).catch((cause: unknown) => {
            throw new ClutchcutError(
              'output/not-writable',
              `The recycle bin did not take ${path}. Nothing was removed; do it in your file manager.`,
              { data: { path }, cause },
            )
          }),
        revealInFolder: (path) => ask('revealInFolder', path),
        copyFile: (path) => ask('copyFile', path),
        openExternal: (url) => ask('openExternal', url),
        nativeDialogs: true,
      },
    },
    tell,
    listen(given) {
      requests = given
      for (const { message, port } of early.splice(0)) pass(given, message, port)
    },
  }
}

function pass(requests: ShellRequests, message: Request, port: ElectronPort | undefined): void {
  switch (message.kind) {
    case 'window':
      if (port !== undefined) requests.window(port)
      return
    case 'media':
      return requests.media(message)
    case 'media-gone':
      return requests.mediaGone(message.id)
    case 'open':
      return requests.open(message.paths)
    case 'close':
      return requests.close()
  }
}

/** A child that the shell starts for us: what is said before its connection is there waits for it. */
function createChild(kill: () => void): Child & { readonly process: HostProcess } {
  const waiting: unknown[] = []
  const onMessage: ((message: unknown) => void)[] = []
  const onExit: ((code: number | null) => void)[] = []
  let port: ElectronPort | undefined
  let exited: { readonly code: number | null } | null = null
  return {
    connect(given) {
      if (given === undefined) return
      port = given
      given.on('message', ({ data }) => {
        for (const listener of onMessage) listener(data)
      })
      given.start()
      for (const message of waiting.splice(0)) given.postMessage(message)
    },
    exit(code) {
      if (exited !== null) return
      exited = { code }
      port?.close()
      for (const listener of onExit) listener(code)
    },
    process: {
      // The shell sees to its end; nobody else has to know it.
      pid: undefined,
      postMessage(message) {
        if (exited !== null) return
        if (port === undefined) waiting.push(message)
        else port.postMessage(message)
      },
      onMessage: (listener) => void onMessage.push(listener),
      onExit(listener) {
        if (exited === null) onExit.push(listener)
        else {
          const { code } = exited
          queueMicrotask(() => listener(code))
        }
      },
      kill,
    },
  }
}
