import { Argument, Option, type Command } from 'commander'
import { decibels, examples, positiveInteger, positiveIntegers, seconds, type Table } from './command-parts.ts'

/** Commands that make something of clips. */
export function addClipCommands({ program, context, add }: Table): void {
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
}

/** `clutchcut layouts …`: where cameras are. */
export function addLayoutCommands({ program, context, add }: Table): void {
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
}
