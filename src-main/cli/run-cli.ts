import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import { exitCodeOf, toClutchcutError } from '../../src-shared/contract/errors.ts'
import { createProgram } from './program.ts'
import { interruptible } from './interrupt.ts'
import { watchOutput } from './watch-output.ts'

/**
 * Runs one command and leaves its exit code in `process.exitCode`: 0 done, 1 failed, 2 usage, 3 unusable input,
 * 4 needs input, 5 some of several inputs failed, 130 interrupted.
 */
export async function runCli(argv: readonly string[], version: string): Promise<void> {
  const interrupt = interruptible(process)
  const output = watchOutput(process, interrupt.stop)
  try {
    const program = createProgram({ version, signal: interrupt.signal })
    await program.parseAsync([...argv], { from: 'user' })
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Commander has printed its message; help and version end with 0.
      process.exitCode = thrown.exitCode === 0 ? 0 : 2
      return
    }
    const error = interrupt.signal.aborted ? toClutchcutError(interrupt.signal.reason) : toClutchcutError(thrown)
    if (argv.includes('--json')) {
      const document = { version: 1, error: { code: error.code, message: error.message } }
      process.stdout.write(`${JSON.stringify(document)}\n`)
    }
    process.stderr.write(`clutchcut: ${error.message}\n`)
    if (process.env['CLUTCHCUT_DEBUG']) process.stderr.write(`${inspect(thrown)}\n`)
    process.exitCode = exitCodeOf(error)
  } finally {
    await output.settle()
    interrupt.dispose()
  }
}
