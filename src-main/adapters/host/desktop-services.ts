import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { DesktopServices } from '../../../src-shared/contract/host-services.ts'
import { revealCommand, trashCommand, type DesktopCommand } from './desktop-commands.ts'
import { trashXdg } from './trash-xdg.ts'

export interface DesktopOptions {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly uid: number
  /** Runs a command; a test passes one that only writes down. Rejects where it fails. */
  readonly run?: (command: DesktopCommand) => Promise<void>
}

const limitMs = 60_000
const execute = promisify(execFile)

/** What a host without Electron can do on the machine that it runs on. */
export function createDesktopServices({ platform, env, home, uid, run = runCommand }: DesktopOptions): DesktopServices {
  const canReveal = revealCommand('/', platform, env) !== null
  return {
    async trash(path) {
      const command = trashCommand(path, platform)
      if (command === null) return trashXdg(path, { env, home, uid })
      await mustExist(path)
      await run(command).catch((cause: unknown) => {
        throw new ClutchcutError(
          'output/not-writable',
          `The recycle bin did not take ${path}. Nothing was removed; do it in your file manager.`,
          { data: { path }, cause },
        )
      })
    },
    ...(canReveal && {
      async revealInFolder(path: string) {
        await mustExist(path)
        const command = revealCommand(path, platform, env)
        if (command === null) return
        await run(command).catch((cause: unknown) => {
          throw new ClutchcutError('internal', `The file manager could not be opened for ${path}.`, { cause })
        })
      },
    }),
  }
}

async function mustExist(path: string): Promise<void> {
  await stat(path).catch((cause: unknown) => {
    throw new ClutchcutError('input/not-found', `There is no file ${path}.`, { data: { path }, cause })
  })
}

async function runCommand({ file, args, env, anyExit = false, verbatim = false }: DesktopCommand): Promise<void> {
  const own = { env: { ...process.env, ...env }, windowsVerbatimArguments: verbatim }
  const options = { timeout: limitMs, windowsHide: true, ...own }
  await execute(file, [...args], options).catch((thrown: unknown) => {
    if (!anyExit || typeof (thrown as { code?: unknown }).code !== 'number') throw thrown
  })
}
