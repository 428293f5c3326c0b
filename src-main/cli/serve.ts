import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { connectHost } from '../engine/connect-host.ts'
import { programFolders } from '../engine/program-folders.ts'
import type { Host } from '../headless/host.ts'
import { isLoopback } from '../headless/host-names.ts'
import { openBrowser } from './open-browser.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { withEngine } from './with-engine.ts'

/** Where it listens unless told otherwise: the same each time, so that a bookmark of a signed-in browser holds. */
const DEFAULT_PORT = 4517

/** `clutchcut serve`: the engine and the interface for a browser, until interrupted. */
export async function serve(
  options: CommonOptions & { host: string; port?: number; open?: boolean; allow?: string[] },
  { signal }: ProgramContext,
): Promise<void> {
  const rendererFolder = join(programFolders().root, 'dist', 'renderer')
  const allow = (options.allow ?? []).map((folder) => resolve(folder))
  await withEngine({ ...options, allow, hostKind: 'browser' }, async (engine, logger) => {
    const onProblem = (problem: unknown): void => logger.warn({ err: problem }, 'host')
    // One answer that went wrong must not end what runs for everybody else.
    process.on('unhandledRejection', onProblem)
    const host = await start(options.port, (port) =>
      connectHost(engine, { host: options.host, port, rendererFolder, onProblem }),
    )
    try {
      warn(options.host, rendererFolder)
      engine.queue.start()
      const link = host.newLink()
      const newLink = (): void => {
        const url = host.newLink()
        if (options.json === true) printJson({ version: 1, url, port: host.port })
        else printText(`  ${url}`)
      }
      if (options.json === true) printJson({ version: 1, url: link, port: host.port })
      else
        printText(
          `Clutchcut is open at\n  ${link}\nThe link signs in one browser, once. Enter prints a new one; Ctrl-C ends.`,
        )
      if (options.open === true) openBrowser(link)
      await untilInterrupted(signal, newLink)
    } finally {
      await host.close()
      process.off('unhandledRejection', onProblem)
    }
  })
}

/** On the usual port or, when that is taken and none was asked for, on any. */
async function start(port: number | undefined, open: (port: number) => Promise<Host>): Promise<Host> {
  return open(port ?? DEFAULT_PORT).catch((thrown: unknown) => {
    const isTaken = thrown instanceof ClutchcutError && thrown.data['reason'] === 'EADDRINUSE'
    if (port !== undefined || !isTaken) throw thrown
    return open(0)
  })
}

function warn(host: string, rendererFolder: string): void {
  if (!isLoopback(host)) {
    process.stderr.write(
      `clutchcut: Listening on ${host}: others in this network can reach it. The link is still needed, but it and the videos travel unencrypted.\n`,
    )
  }
  if (!existsSync(join(rendererFolder, 'index.html'))) {
    process.stderr.write(
      'clutchcut: The interface is not built, so there is nothing to look at yet. Run: npm run build\n',
    )
  }
}

/** Resolves when `signal` aborts; each line that is typed meanwhile asks for a link. */
function untilInterrupted(signal: AbortSignal, onLine: () => void): Promise<void> {
  const typed = (data: Buffer): void => void (data.includes('\n') && onLine())
  const { stdin } = process
  stdin.on('data', typed)
  return new Promise((resolve) => {
    const end = (): void => {
      stdin.off('data', typed)
      stdin.pause()
      resolve()
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
