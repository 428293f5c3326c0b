import { Argument, InvalidArgumentError, Option, type Command } from 'commander'
import type { ClipEdit } from '../../src-shared/contract/clip-edit.ts'
import type { ZoomKey } from '../../src-shared/contract/edits.ts'
import { readTime } from '../../src-shared/domain/read-time.ts'
import { ticksFromSeconds, type Ticks } from '../../src-shared/domain/time.ts'
import { examples, positiveInteger, type Table } from './command-parts.ts'

interface SoundOptions {
  fadeIn?: Ticks
  fadeOut?: Ticks
  duck?: boolean
  normalise?: boolean
}

interface AddOptions {
  place?: number
  recording?: number
}

interface TextOptions {
  from: Ticks
  to: Ticks
  x: number
  y: number
  size: number
  colour: string
  outline: boolean
  insteadOf?: number
}

/** The verbs of `clutchcut edit`, each of which is one edit of the contract. */
export function addEditCommands({ program, add }: Pick<Table, 'program' | 'add'>): void {
  const parent = add(program, 'edit', 'change clips; the recording stays as it is, and every edit can be undone')
  const verb = (name: string, description: string): Command =>
    add(parent, name, description).addArgument(
      new Argument('<clip>', 'its number; "library show" has it').argParser(positiveInteger),
    )
  const edit = async (clip: unknown, what: ClipEdit, command: Command, recording?: number): Promise<void> => {
    const { editClip } = await import('./edit.ts')
    await editClip(Number(clip), what, command.optsWithGlobals(), recording)
  }

  verb('show', 'what a clip is after your edits').action(async (clip: number, _options: unknown, command: Command) => {
    const { showEdits } = await import('./edit.ts')
    await showEdits(clip, command.optsWithGlobals())
  })
  verb('trim', 'where it begins and ends in the recording')
    .addArgument(time('<start>'))
    .addArgument(time('<end>'))
    .addHelpText('after', examples('clutchcut edit trim 12 1:02:03.5 1:02:20'))
    .action((clip: number, start: Ticks, end: Ticks, _options: unknown, command: Command) =>
      edit(clip, { kind: 'trim', start, end }, command),
    )
  verb('split', 'make two parts, at a time of the clip')
    .addArgument(time('<at>'))
    .action((clip: number, at: Ticks, _options: unknown, command: Command) =>
      edit(clip, { kind: 'split', at }, command),
    )
  verb('cut', 'take out a span of the clip')
    .addArgument(time('<from>'))
    .addArgument(time('<to>'))
    .addHelpText('after', examples('clutchcut edit cut 12 4.2 6'))
    .action((clip: number, start: Ticks, end: Ticks, _options: unknown, command: Command) =>
      edit(clip, { kind: 'cut', start, end }, command),
    )
  verb('join', 'make one of a part and the next')
    .addArgument(new Argument('[part]', 'the first of the two').argParser(positiveInteger).default(1))
    .action((clip: number, part: number, _options: unknown, command: Command) =>
      edit(clip, { kind: 'join', part: part - 1 }, command),
    )
  verb('move', 'play a part at another place')
    .addArgument(new Argument('<part>').argParser(positiveInteger))
    .addArgument(new Argument('<place>', 'from 1').argParser(positiveInteger))
    .action((clip: number, part: number, place: number, _options: unknown, command: Command) =>
      edit(clip, { kind: 'move-part', part: part - 1, to: place - 1 }, command),
    )
  verb('add', 'another span of the recording, behind what is there')
    .addArgument(time('<start>'))
    .addArgument(time('<end>'))
    .addOption(new Option('--place <n>', 'where, from 1').argParser(positiveInteger))
    .addOption(
      new Option('--recording <n>', 'of the file just before or after, by its number; "library list" has it').argParser(
        positiveInteger,
      ),
    )
    .addHelpText('after', examples('clutchcut edit add 12 1:02:30 1:02:33', 'clutchcut edit add 12 0 4 --recording 8'))
    .action((clip: number, start: Ticks, end: Ticks, { place, recording }: AddOptions, command: Command) =>
      edit(clip, { kind: 'add-part', start, end, ...(place !== undefined && { to: place - 1 }) }, command, recording),
    )
  verb('speed', 'slower or faster; the pitch of the sound stays')
    .addArgument(new Argument('<speed>', '0.25 to 4').argParser(decimal))
    .addOption(timeOption('--from <time>', 'of the clip (default: its beginning)'))
    .addOption(timeOption('--to <time>', 'of the clip (default: its end)'))
    .addHelpText('after', examples('clutchcut edit speed 12 0.5 --from 4 --to 6.5'))
    .action((clip: number, speed: number, { from, to }: { from?: Ticks; to?: Ticks }, command: Command) => {
      const span = { start: from ?? 0, end: to ?? Number.MAX_SAFE_INTEGER }
      const isPart = from !== undefined || to !== undefined
      return edit(clip, { kind: 'speed', speed, ...(isPart && { span }) }, command)
    })
  verb('zoom', 'move the view from key to key; without keys, the whole frame')
    .addArgument(new Argument('[keys...]', 'TIME=SCALE or TIME=SCALE@X,Y; times of the recording').argParser(zoomKeys))
    .addHelpText('after', examples('clutchcut edit zoom 12 1:02:04=1 1:02:05=2.5@0.3,0.4 1:02:08=1'))
    .action((clip: number, keys: ZoomKey[] | undefined, _options: unknown, command: Command) =>
      edit(clip, { kind: 'zoom', keys: keys ?? [] }, command),
    )
  verb('text', 'write on the picture')
    .argument('<text>')
    .addOption(timeOption('--from <time>', 'of the recording').makeOptionMandatory())
    .addOption(timeOption('--to <time>', 'of the recording').makeOptionMandatory())
    .option('--x <share>', 'its middle, from the left: 0 to 1', decimal, 0.5)
    .option('--y <share>', 'its middle, from the top: 0 to 1', decimal, 0.8)
    .option('--size <share>', 'height of a line, of the frame', decimal, 0.06)
    .option('--colour <rrggbb>', 'such as #ffd800', '#ffffff')
    .option('--no-outline', 'without a dark edge')
    .option('--instead-of <n>', 'change a text that is there, by its number', positiveInteger)
    .action((clip: number, text: string, { from, to, insteadOf, ...options }: TextOptions, command: Command) => {
      const { x, y, size, colour, outline } = options
      const written = { start: from, end: to, text, x, y, size, colour: colour.toLowerCase(), outline }
      return insteadOf === undefined
        ? edit(clip, { kind: 'text-add', text: written }, command)
        : edit(clip, { kind: 'text-change', index: insteadOf - 1, text: written }, command)
    })
  verb('untext', 'remove a text')
    .addArgument(new Argument('[n]', 'its number').argParser(positiveInteger).default(1))
    .action((clip: number, n: number, _options: unknown, command: Command) =>
      edit(clip, { kind: 'text-remove', index: n - 1 }, command),
    )
  verb('bleep', 'cover a span of the recording')
    .addArgument(time('<from>'))
    .addArgument(time('<to>'))
    .addOption(new Option('--with <sound>', '"nothing": it is heard again').choices(covers).default('tone'))
    .action((clip: number, start: Ticks, end: Ticks, options: { with: (typeof covers)[number] }, command: Command) =>
      edit(clip, { kind: 'bleep', start, end, with: options.with === 'nothing' ? null : options.with }, command),
    )
  verb('track', 'how loud a sound track of the recording is')
    .addArgument(new Argument('<track>', 'its number, from 1').argParser(positiveInteger))
    .option('--gain <dB>', 'louder, or with a minus quieter', decimal, 0)
    .option('--mute', 'not heard at all')
    .action((clip: number, track: number, options: { gain: number; mute?: boolean }, command: Command) =>
      edit(clip, { kind: 'track', track: track - 1, gainDb: options.gain, muted: options.mute ?? false }, command),
    )
  verb('sound', 'fades, music under speech, loudness')
    .addOption(timeOption('--fade-in <time>', 'its length'))
    .addOption(timeOption('--fade-out <time>', 'its length'))
    .option('--duck', 'music goes down while somebody speaks')
    .option('--no-duck', 'music stays as it is')
    .option('--normalise', 'as loud as platforms want it')
    .option('--no-normalise', 'as loud as it was recorded')
    .action((clip: number, { fadeIn, fadeOut, duck, normalise }: SoundOptions, command: Command) =>
      edit(
        clip,
        {
          kind: 'sound',
          ...(fadeIn !== undefined && { fadeIn }),
          ...(fadeOut !== undefined && { fadeOut }),
          ...(duck !== undefined && { duckMusic: duck }),
          ...(normalise !== undefined && { normalise }),
        },
        command,
      ),
    )
  verb('reset', 'as it was before the first edit').action((clip: number, _options: unknown, command: Command) =>
    edit(clip, { kind: 'reset' }, command),
  )
  for (const [name, description] of [
    ['undo', 'take back the last edit'],
    ['redo', 'bring back what was taken back'],
  ] as const) {
    verb(name, description).action(async (clip: number, _options: unknown, command: Command) => {
      const { stepBack } = await import('./edit.ts')
      await stepBack(name, clip, command.optsWithGlobals())
    })
  }
}

const covers = ['tone', 'silence', 'nothing'] as const

function time(name: string): Argument {
  return new Argument(name, 'seconds, or h:mm:ss.mmm').argParser(ticks)
}

function timeOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(ticks)
}

function ticks(text: string): Ticks {
  const read = readTime(text)
  if (read?.kind === 'offset' && read.seconds <= 1_000_000) return ticksFromSeconds(read.seconds)
  throw new InvalidArgumentError('It takes seconds, such as 12.5, or a time such as 1:02:03.5.')
}

function zoomKeys(text: string, before: ZoomKey[] | undefined): ZoomKey[] {
  const [, at, scale, x = '0.5', y = '0.5'] = /^([\d:.]+)=([\d.]+)(?:@([\d.]+),([\d.]+))?$/.exec(text) ?? []
  if (at === undefined || scale === undefined) {
    throw new InvalidArgumentError('It takes TIME=SCALE or TIME=SCALE@X,Y, such as 12.5=2@0.3,0.4.')
  }
  return [...(before ?? []), { at: ticks(at), scale: decimal(scale), x: decimal(x), y: decimal(y) }]
}

function decimal(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It takes a number.')
  return value
}
