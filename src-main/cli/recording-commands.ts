import { Option, type Command } from 'commander'
import { collect, decibels, examples, positiveInteger, seconds, type Table } from './command-parts.ts'

const device = (): Option =>
  new Option('--device <device>', 'what the model runs on')
    .choices(['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml'])
    .default('auto')

/** Commands that look into recordings. */
export function addRecordingCommands({ program, context, add }: Table): void {
  const cutting = add(program, 'process', 'find the moments of recordings and cut them into clips')
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
  withHints(cutting)
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

  const finding = add(program, 'analyze', 'find the moments of a recording, without cutting')
    .argument('<file>', 'a recording')
    .option('--top <n>', 'select the best N moments (default: by threshold)', positiveInteger)
  withHints(finding)
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
    .addOption(device())
    .option('--no-cache', 'compute everything anew')
    .addHelpText('after', examples('clutchcut evaluate match.mp4 --labels good.csv'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const { evaluateFile } = await import('./evaluate.ts')
      await evaluateFile(file, command.optsWithGlobals(), context)
    })
}

/** What the model runs on, and what has a say beside it. */
function withHints(command: Command): Command {
  return command
    .addOption(device())
    .option('--chat <file>', 'the chat of the broadcast: TwitchDownloader JSON, a log, or CSV')
    .option('--chat-offset <seconds>', "added to the chat's times; may be negative", seconds)
    .option('--markers <file>', 'key presses, stream markers, labels, or a Steam timeline; may be given again', collect)
    .option('--markers-offset <seconds>', 'added to the times of those markers; may be negative', seconds)
    .option('--no-markers', 'without markers, also those in the file and beside it')
}
