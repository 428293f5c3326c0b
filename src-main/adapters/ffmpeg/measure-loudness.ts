import type { MixPlan } from '../../../src-shared/contract/sound.ts'
import type { FfmpegRunner } from './runner.ts'
import type { LoudnessFix } from './sound-graph.ts'

/** As EBU R128 measures them. */
export interface Loudness {
  /** LUFS; null where nothing is loud enough, or less than a block of 400 ms is there. */
  readonly integrated: number | null
  /** dBTP; -Infinity for silence. */
  readonly truePeak: number
}

const MAX_LINE_BYTES = 4096
/** Longer clips than anybody makes: measuring gives up rather than going on for ever. */
const MAX_REPORT_BYTES = 256 * 1024 * 1024

/**
 * Measures what a filter graph makes: loudness by BS.1770 with gates, and peaks at four times the rate. `input`: FFmpeg's
 * input options and `-i`. Cancellable; memory does not grow with the clip.
 * @throws FfmpegError
 */
export async function measureLoudness(
  runner: Pick<FfmpegRunner, 'spawn'>,
  input: readonly string[],
  { graph, output }: { graph: string; output: string },
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Loudness> {
  const running = runner.spawn([...input, ...measureArgs(graph, output)], { pipes: 1, signal })
  const report = createReport()
  let bytes = 0
  for await (const chunk of running.pipes[0]!) {
    bytes += (chunk as Buffer).length
    if (bytes <= MAX_REPORT_BYTES) report.push((chunk as Buffer).toString('latin1'))
  }
  await running.done
  return report.result()
}

/** Pure. Silence follows, so that the last block, which is not full, is reported too. */
export function measureArgs(graph: string, output: string): string[] {
  const meter = `[${output}]apad=pad_dur=0.1,ebur128=metadata=1:peak=true,ametadata=mode=print:file=pipe\\\\:3[measured]`
  return ['-filter_complex', `${graph};${meter}`, '-map', '[measured]', '-f', 'null', '-']
}

/** Reads the meter's lines (`lavfi.r128.I=-14.020`), of which the last of each kind counts. */
export function createReport(): { push(text: string): void; result(): Loudness } {
  let rest = ''
  const last = new Map<string, number>()
  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = (lines.pop() ?? '').slice(-MAX_LINE_BYTES)
      for (const line of lines) {
        const match = /^lavfi\.r128\.(I|true_peaks?_?(?:ch\d+)?)=(\S+)\s*$/.exec(line)
        if (match !== null) last.set(match[1]!, Number(match[2]))
      }
    },
    result() {
      const integrated = last.get('I')
      const peaks = [...last].flatMap(([key, value]) => (key !== 'I' && value > 0 ? [value] : []))
      return {
        // The gate for silence lies at -70: that is what it says where nothing was above it.
        integrated: integrated !== undefined && integrated > -69.9 ? integrated : null,
        truePeak: peaks.length === 0 ? Number.NEGATIVE_INFINITY : 20 * Math.log10(Math.max(...peaks)),
      }
    },
  }
}

/** As `fitLoudness` wants it: the mix as it is (`fix` null), or as it is encoded. */
export function measureMix(
  runner: Pick<FfmpegRunner, 'spawn'>,
  input: readonly string[],
  graph: { graph: string; output: string },
  { bitRate }: Pick<MixPlan, 'bitRate'>,
  { fix, signal }: { fix: LoudnessFix | null; signal?: AbortSignal | undefined },
): Promise<Loudness> {
  if (fix === null) return measureLoudness(runner, input, graph, { signal })
  return measureEncoded(runner, input, graph, bitRate, { signal })
}

/** An hour and a half of AAC: behind that it is not measured. */
const MAX_ENCODED_BYTES = 128 * 1024 * 1024

/**
 * Measures what a filter graph makes after it went through the encoder, which takes the highest frequencies away and
 * moves peaks up: those of noise by more than 1 dB.
 * @throws FfmpegError
 */
async function measureEncoded(
  runner: Pick<FfmpegRunner, 'spawn'>,
  input: readonly string[],
  { graph, output }: { graph: string; output: string },
  bitRate: number,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Loudness> {
  const encode = ['-filter_complex', graph, '-map', `[${output}]`, '-c:a', 'aac', '-b:a', String(bitRate)]
  const running = runner.spawn([...input, ...encode, '-f', 'adts', 'pipe:3'], { pipes: 1, signal })
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of running.pipes[0]!) {
    bytes += (chunk as Buffer).length
    if (bytes <= MAX_ENCODED_BYTES) chunks.push(chunk as Buffer)
  }
  await running.done
  const encoded = Buffer.concat(chunks)
  const spawn: FfmpegRunner['spawn'] = (argv, options) => runner.spawn(argv, { ...options, input: encoded })
  return measureLoudness(
    { spawn },
    ['-f', 'aac', '-i', 'pipe:0'],
    { graph: '[0:a]anull[all]', output: 'all' },
    { signal },
  )
}

/** So far below the true peak that is promised, peaks are held at first. */
const ENCODER_MARGIN_DB = 1
/** More than this raises the noise of a room to a roar. */
const MAX_GAIN_DB = 36
/** Peaks that are pressed down further sound broken. */
const MAX_LIMITING_DB = 18
const CLOSE_ENOUGH_DB = 0.25
/** What the encoder adds to a peak is a matter of chance: a little lower it may well be gone. */
const MAX_STEP_DB = 0.6
const MAX_TRIALS = 6

/**
 * Finds the gain that brings a mix to its loudness, by measuring it as it is (null), and then, with a limiter where
 * peaks would come too high, as it is encoded, until both loudness and peaks are right. One gain for all of the clip:
 * what is quiet stays quieter than what is loud. FFmpeg's `loudnorm` does not: where peaks are in the way it changes the
 * loudness from moment to moment.
 * @returns the best of what was tried: peaks come first, then loudness.
 */
export async function fitLoudness(
  measure: (fix: LoudnessFix | null) => Promise<Loudness>,
  target: NonNullable<MixPlan['loudness']>,
): Promise<{ fix: LoudnessFix; note: string | null }> {
  const own = await measure(null)
  if (own.integrated === null) {
    const note = 'Its sound is silent, or too short for its loudness to be measured: it stays as it is.'
    return { fix: { gainDb: 0, ceiling: null }, note }
  }
  let ceiling = target.truePeak - ENCODER_MARGIN_DB
  const most = Math.min(MAX_GAIN_DB, ceiling - own.truePeak + MAX_LIMITING_DB)
  let gainDb = round(Math.min(most, target.integrated - own.integrated))
  const trials: Trial[] = []
  while (trials.length < MAX_TRIALS) {
    const fix = { gainDb, ceiling: own.truePeak + gainDb > ceiling ? ceiling : null }
    const { integrated, truePeak } = await measure(fix)
    const missing = target.integrated - (integrated ?? target.integrated)
    const over = truePeak - target.truePeak
    trials.push({ fix, missing, over })
    const isLoud = Math.abs(missing) <= CLOSE_ENOUGH_DB || (missing > 0 && gainDb === most)
    if (isLoud && over <= 0) break
    if (over > 0) ceiling = round(Math.min(own.truePeak + gainDb, ceiling) - Math.min(over + 0.1, MAX_STEP_DB))
    gainDb = round(Math.min(most, gainDb + missing / slopeOf(trials)))
  }
  const best = trials.toSorted(
    (a, b) => Math.max(0, a.over) - Math.max(0, b.over) || Math.abs(a.missing) - Math.abs(b.missing),
  )[0]!
  return { fix: best.fix, note: quietNote(best.missing) }
}

interface Trial {
  readonly fix: LoudnessFix
  /** LU to the target, and dB above the true peak. */
  readonly missing: number
  readonly over: number
}

/** What a decibel of gain gave last: a limiter takes most of it back where it works hard. */
function slopeOf(trials: readonly Trial[]): number {
  const [before, last] = trials.slice(-2)
  if (before === undefined || last === undefined || before.fix.gainDb === last.fix.gainDb) return 1
  if (before.fix.ceiling !== last.fix.ceiling) return 1
  const slope = (before.missing - last.missing) / (last.fix.gainDb - before.fix.gainDb)
  return Math.min(1, Math.max(0.25, slope))
}

function quietNote(missing: number): string | null {
  if (missing < 1) return null
  return `Its sound is ${Math.round(missing)} dB quieter than platforms play it: to be louder, it would have to be distorted, or its noise be raised.`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
