import { Argument, Command, Option } from 'commander'
import { addClipCommands, addLayoutCommands } from './clip-commands.ts'
import { collect, examples, port } from './command-parts.ts'
import { addEditCommands } from './edit-commands.ts'
import { addLibraryCommands, addWorkCommands } from './library-commands.ts'
import { addRecordingCommands } from './recording-commands.ts'

export interface ProgramContext {
  version: string
  signal: AbortSignal
}

/** Options that every command understands. */
export interface CommonOptions {
  dataDir?: string
  json?: boolean
  verbose?: boolean
}

/** All commands, in the order of the help. Each one loads its own file when it is called, so that starting stays cheap. */
export function createProgram(context: ProgramContext): Command {
  const program = new Command('clutchcut')
    .description('Finds the moments of a recording, says why, and cuts them. Everything stays on this machine.')
    .version(context.version, '-V, --version')
    .showHelpAfterError('(clutchcut --help shows the commands)')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .exitOverride()
    .addOption(new Option('--data-dir <folder>', 'where the library lies').env('CLUTCHCUT_DATA_DIR'))
    .option('--json', 'print one JSON document on stdout, and nothing else')
    .option('--verbose', 'show the log on stderr')
    .addHelpText(
      'after',
      `
Examples:
  clutchcut process stream.mkv --out clips --top 10
  clutchcut analyze stream.mkv --json > moments.json
  clutchcut library search "triple kill"

Exit codes: 0 done, 1 failed, 2 usage, 3 the input cannot be used (nothing was changed), 4 needs input,
5 some of several inputs failed, 130 interrupted.`,
    )

  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  const add = (parent: Command, name: string, description: string): Command => {
    const command = inherit(new Command(name)).description(description)
    parent.addCommand(command)
    return command
  }

  const table = { program, context, add }
  addRecordingCommands(table)
  addLibraryCommands(table)
  addEditCommands(table)
  addWorkCommands(table)
  addClipCommands(table)

  add(program, 'serve', 'open the library in a browser on this machine')
    .option('--host <address>', 'listen elsewhere than on this machine alone', '127.0.0.1')
    .option('--port <n>', 'which port (default: 4517, or any when that is taken)', port)
    .option('--open', 'open the browser')
    .option('--allow <folder>', 'a folder to choose files from, besides the usual ones; may be given again', collect)
    .addHelpText('after', examples('clutchcut serve --open', 'clutchcut serve --allow /srv/recordings'))
    .action(async (_options: unknown, command: Command) => {
      const { serve } = await import('./serve.ts')
      await serve(command.optsWithGlobals(), context)
    })

  addLayoutCommands(table)

  add(program, 'doctor', 'what this machine has, and whether it works').action(
    async (_options: unknown, command: Command) => {
      const { doctor } = await import('./doctor.ts')
      await doctor(command.optsWithGlobals(), context)
    },
  )

  const models = add(program, 'models', 'the models that score and transcribe')
  add(models, 'list', 'which there are, and which are installed').action(
    async (_options: unknown, command: Command) => {
      const { listModels } = await import('./models.ts')
      await listModels(command.optsWithGlobals())
    },
  )

  add(program, 'completion', 'print a completion script for a shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText(
      'after',
      examples(
        'clutchcut completion bash >> ~/.bashrc',
        'clutchcut completion fish > ~/.config/fish/completions/clutchcut.fish',
      ),
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish' | 'powershell') => {
      const { completionScript } = await import('./completion.ts')
      process.stdout.write(completionScript(shell, program))
    })

  return program
}
