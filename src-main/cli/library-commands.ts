import { Argument, type Command } from 'commander'
import { positiveInteger, positiveIntegers, type Table } from './command-parts.ts'

/** `clutchcut library …`: what was found so far. */
export function addLibraryCommands({ program, context, add }: Table): void {
  const library = add(program, 'library', 'what was found so far: list, search, back up, repair')
  add(library, 'list', 'the recordings, newest first')
    .option('--limit <n>', 'how many', positiveInteger, 50)
    .action(async (_options: unknown, command: Command) => {
      const { listLibrary } = await import('./library.ts')
      await listLibrary(command.optsWithGlobals())
    })
  add(library, 'show', 'one recording, with its moments and clips')
    .argument('<recording>', 'its number or its file')
    .action(async (recording: string, _options: unknown, command: Command) => {
      const { showRecording } = await import('./library.ts')
      await showRecording(recording, command.optsWithGlobals())
    })
  add(library, 'search', 'titles, tags, games, speech and reasons')
    .argument('<words...>', 'all of them must occur')
    .option('--limit <n>', 'how many', positiveInteger, 20)
    .action(async (words: string[], _options: unknown, command: Command) => {
      const { searchLibrary } = await import('./library.ts')
      await searchLibrary(words, command.optsWithGlobals())
    })
  add(library, 'relink', 'find recordings again that were moved or renamed, by their content')
    .argument('<folders...>', 'where to look')
    .action(async (folders: string[], _options: unknown, command: Command) => {
      const { relinkLibrary } = await import('./library-care.ts')
      await relinkLibrary(folders, command.optsWithGlobals(), context)
    })
  add(library, 'backup', 'copy the library to a file, while it is in use')
    .argument('[file]', 'default: a dated file in the data folder')
    .action(async (file: string | undefined, _options: unknown, command: Command) => {
      const { backupLibrary } = await import('./library-care.ts')
      await backupLibrary(file, command.optsWithGlobals(), context)
    })
  add(library, 'restore', 'replace the library by a backup; the present one is kept beside it')
    .argument('<file>', 'a backup')
    .action(async (file: string, _options: unknown, command: Command) => {
      const { restoreLibrary } = await import('./library-care.ts')
      await restoreLibrary(file, command.optsWithGlobals())
    })
  add(library, 'verify', 'check the database and the files it speaks of')
    .option('--fix', 'mend what can be mended without loss')
    .action(async (_options: unknown, command: Command) => {
      const { verifyLibrary } = await import('./library-care.ts')
      await verifyLibrary(command.optsWithGlobals(), context)
    })
  add(library, 'rebuild', 'make a lost library anew from the notes beside the clips')
    .argument('<folders...>', 'where clips lie')
    .action(async (folders: string[], _options: unknown, command: Command) => {
      const { rebuildLibrary } = await import('./library-care.ts')
      await rebuildLibrary(folders, command.optsWithGlobals(), context)
    })

  for (const [name, description] of [
    ['keep', 'keep clips; what you keep teaches the ranking'],
    ['discard', 'discard clips; no file is deleted, and it teaches the ranking too'],
    ['undecide', 'take back what you said of clips'],
  ] as const) {
    add(library, name, description)
      .addArgument(new Argument('<clips...>', 'their numbers; "library show" has them').argParser(positiveIntegers))
      .action(async (ids: number[], _options: unknown, command: Command) => {
        const { decideClips } = await import('./learning.ts')
        await decideClips(name, ids, command.optsWithGlobals())
      })
  }
}

/** `clutchcut learning …` and `clutchcut jobs …`. */
export function addWorkCommands({ program, context, add }: Table): void {
  const learning = add(program, 'learning', 'what your decisions about clips taught the ranking')
  add(learning, 'show', 'what was learned, whether it is used, and why').action(
    async (_options: unknown, command: Command) => {
      const { showLearning } = await import('./learning.ts')
      await showLearning(command.optsWithGlobals())
    },
  )
  add(learning, 'reset', 'forget it all; clips stay as they are').action(
    async (_options: unknown, command: Command) => {
      const { resetLearning } = await import('./learning.ts')
      await resetLearning(command.optsWithGlobals())
    },
  )
  for (const [name, description] of [
    ['off', 'neither remember decisions nor use what they taught'],
    ['on', 'remember decisions, and use what proves itself'],
  ] as const) {
    add(learning, name, description).action(async (_options: unknown, command: Command) => {
      const { switchLearning } = await import('./learning.ts')
      await switchLearning(name === 'on', command.optsWithGlobals())
    })
  }

  const jobs = add(program, 'jobs', 'what runs, waits and failed')
  add(jobs, 'list', 'the jobs, newest first')
    .option('--limit <n>', 'how many', positiveInteger, 50)
    .action(async (_options: unknown, command: Command) => {
      const { listJobs } = await import('./jobs.ts')
      await listJobs(command.optsWithGlobals())
    })
  for (const [name, description] of [
    ['pause', 'stop after the stage that runs; `resume` goes on'],
    ['resume', 'run a paused, failed or interrupted job to its end, here'],
    ['cancel', 'end a job; what it had finished is kept'],
  ] as const) {
    add(jobs, name, description)
      .addArgument(new Argument('<job>', 'its number').argParser(positiveInteger))
      .action(async (id: number, _options: unknown, command: Command) => {
        const { changeJob } = await import('./jobs.ts')
        await changeJob(name, id, command.optsWithGlobals(), context)
      })
  }
}
