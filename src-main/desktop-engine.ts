import { parseArgs } from 'node:util'
import { RPCHandler } from '@orpc/server/message-port'
import { toClutchcutError } from '../src-shared/contract/errors.ts'
import { jobSpecSchema } from '../src-shared/contract/job.ts'
import { connectShell } from './adapters/host/connect-shell.ts'
import { electronParentPort } from './adapters/host/electron-ports.ts'
import { createLogger, type Logger } from './adapters/logging/create-logger.ts'
import { router } from './api/router.ts'
import { openEngine, type Engine } from './engine.ts'
import { reportWork } from './engine/report-work.ts'

/** The engine of the desktop application, in a utility process of Electron's: the shell speaks with it, and windows. */
const parent = electronParentPort()
if (parent === null) throw new Error('This program is started by Clutchcut itself.')
const shell = connectShell(parent)
const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } } })
const dataDir = values['data-dir']
if (dataDir === undefined) throw new Error('--data-dir is missing.')

try {
  const logger = await createLogger({ dataDir })
  process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled'))
  serve(await openEngine({ dataDir, host: shell.host, hostKind: 'desktop', logger }), logger)
} catch (thrown) {
  shell.tell({ kind: 'failed', message: toClutchcutError(thrown).message })
  // The message is on its way to another process; leaving at once would take it along.
  setTimeout(() => process.exit(1), 500)
}

function serve(engine: Engine, logger: Logger): void {
  const rpc = new RPCHandler(router)
  const closing = new AbortController()
  const media = new Map<number, AbortController>()
  engine.queue.start()
  void reportWork(
    {
      events: (signal) => engine.api.events(signal),
      settings: () => engine.library.settings.get(),
      tell: shell.tell,
    },
    closing.signal,
  )
  shell.listen({
    window(port) {
      rpc.upgrade(port, { context: engine.api })
      port.start()
    },
    media({ id, request }) {
      const gone = new AbortController()
      media.set(id, gone)
      void engine.media.answer(request, gone.signal).then((answer) => {
        if (media.delete(id)) shell.tell({ kind: 'media-answer', id, answer })
      })
    },
    mediaGone(id) {
      media.get(id)?.abort()
      media.delete(id)
    },
    open(paths) {
      for (const path of paths) add(path)
    },
    close() {
      closing.abort()
      void engine.close().finally(() => process.exit(0))
    },
  })

  function add(path: string): void {
    try {
      engine.api.jobs.add(jobSpecSchema.parse({ kind: 'analyze', path }), 0)
    } catch (err) {
      // What was opened with the application may be gone by now; the others go on.
      logger.warn({ err, path }, 'opened with the application')
    }
  }
}
