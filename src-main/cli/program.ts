import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { addEditCommands } from './edit-commands.ts'

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

const markersHelp = 'key presses, stream markers, labels, or a Steam timeline; may be given again'

const devices = ['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml']

/** The table of commands. Each one loads its own file when it is called, so that starting stays cheap. */
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

  add(program, 'process', 'find the moments of recordings and cut them into clips')
    .argument('<files...>', 'recordings (video files, or a DASH manifest)')
    .option('-o, --out <folder>', 'where the clips go (or set it once in the library)')
    .option('--top <n>', 'the best N moments of each recording (default: by threshold)', positiveInteger)
    .addOption(
      new Option(
        '--cut <mode>',
        'smart: exact, copies all it can (default); copy: from a keyframe; encode: all anew',
      ).choices(['smart', 'copy', 'encode']),
    )
    .addOption(
      new Option(
        '--preset <shape>',
        'landscape (as recorded), vertical 9:16, square, or both: landscape and vertical',
      ).choices(['landscape', 'vertical', 'square', 'both']),
    )
    .addOption(
      new Option('--layout <layout>', 'how vertical and square clips are framed (default: auto)').choices([
        ...['auto', 'fill', 'blur', 'stacked', 'facecam', 'follow'],
      ]),
    )
    .addOption(
      new Option('--platform <platform>', 'keep to its limits, or say what it would not take').choices([
        ...['youtube', 'youtube-shorts', 'tiktok', 'instagram-reels'],
      ]),
    )
    .option('--captions <file>', 'what is said: SRT, WebVTT, ASS or JSON of Whisper; drawn into the clips')
    .addOption(new Option('--caption-style <style>', 'how captions look').choices(['clean', 'karaoke', 'boxed', 'big']))
    .option('--no-burn', 'do not draw the captions into the clips')
    .addOption(
      new Option('--subtitles <formats...>', 'write the captions beside each clip, too').choices(['srt', 'vtt', 'ass']),
    )
    .option('--mute-music', 'leave out the track of the music')
    .option('--mic-gain <dB>', 'how much louder the microphone is to be; may be negative', decibels)
    .option(
      '--bleep <span>',
      'a span of the recording such as 0:12.5-0:13.1, or a file of them; may be given again',
      collect,
    )
    .addOption(new Option('--bleep-with <what>', 'what is heard there').choices(['tone', 'silence']).default('tone'))
    .option('--no-duck', 'music stays as loud while somebody speaks')
    .option('--no-normalise', 'clips stay as loud as they are (default: -14 LUFS)')
    .option('--name <template>', 'file names, from {date} {time} {game} {n} {title} {recording} {score}')
    .addOption(new Option('--device <device>', 'what the model runs on').choices(devices).default('auto'))
    .option('--chat <file>', 'the chat of the broadcast: TwitchDownloader JSON, a log, or CSV')
    .option('--chat-offset <seconds>', "added to the chat's times; may be negative", seconds)
    .option('--markers <file>', markersHelp, collect)
    .option('--markers-offset <seconds>', 'added to the times of those markers; may be negative', seconds)
    .option('--no-markers', 'without markers, also those in the file and beside it')
    .option('--thumbnails', 'write the best frame of each clip beside it, as NAME.jpg')
    .option('--no-cache', 'compute everything anew')
    .addHelpText(
      'after',
      examples(
        'clutchcut process *.mkv -o clips',
        'clutchcut process match.mp4 --top 3 --cut encode --json',
        'clutchcut process match.mp4 --preset vertical --platform tiktok --captions match.srt',
      ),
    )
    .action(async (files: string[], _options: unknown, command: Command) => {
      const { processFiles } = await import('./process.ts')
      await processFiles(files, command.optsWithGlobals(), context)
    })

  add(program, 'analyze', 'find the moments of a recording, without cutting')
    .argument('<file>', 'a recording')
    .option('--top <n>', 'select the best N moments (default: by threshold)', positiveInteger)
    .addOption(new Option('--device <device>', 'what the model runs on').choices(devices).default('auto'))
    .option('--chat <file>', 'the chat of the broadcast: TwitchDownloader JSON, a log, or CSV')
    .option('--chat-offset <seconds>', "added to the chat's times; may be negative", seconds)
    .option('--markers <file>', markersHelp, collect)
    .option('--markers-offset <seconds>', 'added to the times of those markers; may be negative', seconds)
    .option('--no-markers', 'without markers, also those in the file and beside it')
    .option('--no-cache', 'compute everything anew')
    .addOption(
      new Option(
        '--dump-features <folder>',
        'only write what the model is fed, as NumPy arrays, for training one',
      ).conflicts(['top', 'chat', 'chatOffset']),
    )
    .addHelpText(
      'after',
      examples(
        'clutchcut analyze match.mp4',
        'clutchcut analyze match.mp4 --json --no-cache --device cpu',
        'clutchcut analyze vod.mp4 --chat chat.json.gz',
        'clutchcut analyze match.mkv --markers keys.csv --markers stream-markers.csv',
      ),
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      const { analyzeFile } = await import('./analyze.ts')
      await analyzeFile(file, command.optsWithGlobals(), context)
    })

  add(program, 'evaluate', 'how well the moments of a recording are found, by your own list of good ones')
    .argument('<file>', 'a recording')
    .requiredOption('--labels <file>', 'good moments: CSV or JSON with start and end, or time')
    .option('--top <n>', 'judge the best N clips (default: as many as there are good moments)', positiveInteger)
    .addOption(new Option('--device <device>', 'what the model runs on').choices(devices).default('auto'))
    .option('--no-cache', 'compute everything anew')
    .addHelpText('after', examples('clutchcut evaluate match.mp4 --labels good.csv'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const { evaluateFile } = await import('./evaluate.ts')
      await evaluateFile(file, command.optsWithGlobals(), context)
    })

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

  addEditCommands(
    add(program, 'edit', 'change clips; the recording stays as it is, and every edit can be undone'),
    add,
    examples,
  )

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

  add(program, 'export', 'hand clips to an editor')
    .argument('<clip...>', 'clip numbers, or a recording (its selected moments)')
    .addOption(
      new Option('--format <format>', 'which editor reads what: docs/how-to/hand-off.md')
        .choices(['otio', 'fcpxml', 'premiere', 'edl', 'csv'])
        .makeOptionMandatory(),
    )
    .option('-o, --out <file>', 'where to (default: stdout)')
    .option('--no-drop-frame', 'count 29.97 and 59.94 without leaving out numbers')
    .addHelpText(
      'after',
      examples(
        'clutchcut export match.mp4 --format fcpxml -o match.fcpxml',
        'clutchcut export match.mp4 --format premiere -o match.xml',
        'clutchcut export 12 14 --format csv',
      ),
    )
    .action(async (clips: string[], _options: unknown, command: Command) => {
      const { exportClips } = await import('./export.ts')
      await exportClips(clips, command.optsWithGlobals())
    })

  add(program, 'montage', 'make one video of several clips')
    .addArgument(
      new Argument('<clips...>', 'their numbers, in this order; "library show" has them').argParser(positiveIntegers),
    )
    .option('-o, --out <folder>', 'where it goes (or set it once in the library)')
    .option('--title <text>', 'its title, and the name of its file')
    .option('--transition <how>', 'cut, cross-fade, or cross-fade:SECONDS', 'cut')
    .option('--cards [seconds]', "show each clip's title before it (default: 2 s)", seconds)
    .option('--music <file>', 'music under it: a file, or a folder that one is taken from')
    .option('--music-gain <dB>', 'how loud the music is beside the clips (default: -8)', decibels)
    .option('--beats', 'trim clips a little, so that cuts fall on beats of the music')
    .option('--no-duck', 'music stays as loud while somebody speaks')
    .option('--no-chapters', 'without a chapter for each clip')
    .addOption(
      new Option('--preset <shape>', 'landscape, vertical 9:16, or both (default: landscape)').choices([
        ...['landscape', 'vertical', 'both'],
      ]),
    )
    .addHelpText(
      'after',
      examples(
        'clutchcut montage 12 14 9 -o videos --title "Best of November"',
        'clutchcut montage 12 14 9 --cards --transition cross-fade:0.5 --music ~/Music/stream --beats --preset both',
      ),
    )
    .action(async (clips: number[], _options: unknown, command: Command) => {
      const { montageClips } = await import('./montage.ts')
      await montageClips(clips, command.optsWithGlobals(), context)
    })

  add(program, 'presets', 'the shapes of clips, and what the platforms take')
    .addArgument(new Argument('[clip]', 'also what each would not take of this clip').argParser(positiveInteger))
    .addHelpText('after', examples('clutchcut presets', 'clutchcut presets 12'))
    .action(async (clip: number | undefined, _options: unknown, command: Command) => {
      const { listPresets } = await import('./presets.ts')
      await listPresets(clip, command.optsWithGlobals())
    })

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

  const layouts = add(program, 'layouts', 'where the camera is in recordings, for upright clips')
  add(layouts, 'show', 'what is set for your games; of a recording: where its camera is, and how that is known')
    .argument('[recording]', 'its number or its file')
    .action(async (recording: string | undefined, _options: unknown, command: Command) => {
      const { showLayouts } = await import('./layouts.ts')
      await showLayouts(recording, command.optsWithGlobals(), context)
    })
  add(layouts, 'set', 'say where the camera is, or that there is none')
    .argument('[region]', 'x,y,width,height: shares of the picture, or its pixels with @WIDTHxHEIGHT')
    .option('--none', 'there is no camera')
    .option('--game <name>', 'only in recordings of this game')
    .addHelpText(
      'after',
      examples(
        'clutchcut layouts set 0.75,0.7,0.25,0.3',
        'clutchcut layouts set 1440,756,480,324@1920x1080 --game "Rocket League"',
        'clutchcut layouts set --none --game Factorio',
      ),
    )
    .action(async (region: string | undefined, _options: unknown, command: Command) => {
      const { setLayout } = await import('./layouts.ts')
      await setLayout(region, command.optsWithGlobals())
    })
  add(layouts, 'forget', 'look at the recordings again instead of what was set')
    .option('--game <name>', 'what was set for this game')
    .action(async (_options: unknown, command: Command) => {
      const { forgetLayout } = await import('./layouts.ts')
      await forgetLayout(command.optsWithGlobals())
    })

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

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

/** Of an option that may be given again; `false` is what `--no-…` left. */
function collect(value: string, before: string[] | boolean | undefined): string[] {
  return [...(Array.isArray(before) ? before : []), value]
}

function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || Math.abs(value) > 1_000_000) {
    throw new InvalidArgumentError('It takes a number of seconds, such as 90 or -12.5.')
  }
  return value
}

function decibels(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= -60 && value <= 24)) {
    throw new InvalidArgumentError('It takes decibels, from -60 to 24.')
  }
  return value
}

function port(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('It takes a port, 1 to 65535; 0 takes any free one.')
  }
  return value
}

/** For an argument that may be given several times. */
function positiveIntegers(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), positiveInteger(text)]
}

function positiveInteger(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
    throw new InvalidArgumentError('It takes a whole number from 1.')
  }
  return value
}
