import { homedir, userInfo } from 'node:os'
import type { HostKind } from '../../src-shared/contract/app.ts'
import { createNodeHostServices } from '../adapters/host/node-host-services.ts'
import { sqliteError } from '../adapters/library/library-error.ts'
import { createLogger, type Logger } from '../adapters/logging/create-logger.ts'
import { openEngine, type Engine } from '../engine.ts'
import { defaultDataFolder } from './data-folder.ts'
import type { CommonOptions } from './program.ts'

export type { Engine, EngineOutcome } from '../engine.ts'

/** Opens the engine over the library that the options name, and closes it whatever happens. */
export async function withEngine(
  options: CommonOptions & { allow?: string[]; hostKind?: HostKind },
  work: (engine: Engine, logger: Logger) => Promise<void> | void,
): Promise<void> {
  const dataDir = dataFolderOf(options)
  const logger = await createLogger({ dataDir, ...(options.verbose === true && { terminalLevel: 'debug' as const }) })
  const engine = await openEngine({
    dataDir,
    logger,
    host: createNodeHostServices(),
    ...(options.allow !== undefined && { allowedFolders: options.allow }),
    ...(options.hostKind !== undefined && { hostKind: options.hostKind }),
  })
  try {
    await work(engine, logger)
  } catch (thrown) {
    throw sqliteError(thrown, engine.library.folder.database)
  } finally {
    await engine.close()
  }
}

export function dataFolderOf(options: CommonOptions): string {
  // An empty value is how scripts unset a variable; an empty HOME must not make the working folder the home.
  if (options.dataDir !== undefined && options.dataDir !== '') return options.dataDir
  const home = homedir() || userInfo().homedir
  return defaultDataFolder({ platform: process.platform, env: process.env, home })
}
