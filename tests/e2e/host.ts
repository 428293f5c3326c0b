import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const checkout = path.resolve(import.meta.dirname, '..', '..')

/** The recording that comes along, with what is said in it beside it. */
export const demoFolder = path.join(checkout, 'resources', 'demo')

export interface HeadlessHost {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly dataFolder: string
  /** The home folder of who runs it: empty at first, and where exports go. */
  readonly home: string
  /** Of the host, which is the engine too. */
  readonly pid: number
  /** A link that signs one browser in, once. */
  newLink(): Promise<string>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Starts it anew on the same library and port, after a crash if it still runs. */
  restart(): Promise<void>
  close(): Promise<void>
}

interface Running {
  readonly child: ChildProcess
  readonly port: number
  newLink(): Promise<string>
}

interface HostOptions {
  /** What those who browse see. */
  readonly folders?: readonly string[]
  /** Where its FFmpeg lies; else where it is usually looked for. */
  readonly ffmpegFolder?: string
}

/** The real host on a library of its own, gone after `close`. */
export async function openHost({ folders = [], ffmpegFolder }: HostOptions = {}): Promise<HeadlessHost> {
  const root = mkdtempSync(path.join(tmpdir(), 'clutchcut-e2e-'))
  const dataFolder = path.join(root, 'data')
  const home = path.join(root, 'home')
  mkdirSync(path.join(home, 'Videos'), { recursive: true })
  const start = (port: number): Promise<Running> => startHost({ dataFolder, home, port, folders, ffmpegFolder })
  let running = await start(0)
  const { port } = running
  return {
    origin: `http://127.0.0.1:${port}`,
    dataFolder,
    home,
    get pid() {
      return running.child.pid ?? 0
    },
    newLink: () => running.newLink(),
    kill: () => end(running.child, 'SIGKILL'),
    async restart() {
      await end(running.child, 'SIGKILL')
      running = await start(port)
    },
    async close() {
      await end(running.child, 'SIGINT')
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** One command of the same program on the library. */
export async function runCommand(dataFolder: string, ...args: readonly string[]): Promise<void> {
  const all = ['src-main/cli.ts', ...args, '--json', '--data-dir', dataFolder]
  const child = spawn(process.execPath, all, { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`clutchcut ${args.join(' ')} ended with ${code}`)
}

interface StartOptions {
  readonly dataFolder: string
  readonly home: string
  readonly port: number
  readonly folders: readonly string[]
  readonly ffmpegFolder: string | undefined
}

async function startHost({ dataFolder, home, port, folders, ffmpegFolder }: StartOptions): Promise<Running> {
  const args = ['src-main/cli.ts', 'serve', '--json', '--port', String(port), '--data-dir', dataFolder]
  for (const folder of folders) args.push('--allow', folder)
  const held = ffmpegFolder !== undefined && { CLUTCHCUT_FFMPEG: ffmpegFolder }
  const env = { ...process.env, HOME: home, USERPROFILE: home, ...held }
  const child = spawn(process.execPath, args, { cwd: checkout, env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<{ url: string; port: number }> => {
    const { value, done } = (await lines.next()) as { value: string; done: boolean }
    if (done) throw new Error('The host ended instead of printing a link.')
    return JSON.parse(value) as { url: string; port: number }
  }
  const first = await next()
  let unused: string | null = first.url
  return {
    child,
    port: first.port,
    async newLink() {
      if (unused !== null) {
        const link = unused
        unused = null
        return link
      }
      child.stdin.write('\n')
      return (await next()).url
    },
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
