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

/** Encoding to AAC moves peaks up: so far below the true peak that is promised they are held. */
const ENCODER_MARGIN_DB = 1
/** More than this raises the noise of a room to a roar. */
const MAX_GAIN_DB = 36
/** Peaks that are pressed down further sound broken. */
const MAX_LIMITING_DB = 18
const CLOSE_ENOUGH_DB = 0.1
const MAX_ROUNDS = 5

/**
 * Finds the gain that brings a mix to its loudness, by measuring it, and measuring again what a limiter makes of it
 * where peaks would come too high. One gain for all of the clip: what is quiet stays quieter than what is loud.
 * FFmpeg's `loudnorm` does not: where peaks are in the way it changes the loudness from moment to moment.
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
  const ceiling = target.truePeak - ENCODER_MARGIN_DB
  const most = Math.min(MAX_GAIN_DB, ceiling - own.truePeak + MAX_LIMITING_DB)
  let gainDb = round(Math.min(most, target.integrated - own.integrated))
  if (own.truePeak + gainDb <= ceiling)
    return { fix: { gainDb, ceiling: null }, note: quietNote(own.integrated + gainDb, target) }
  let reached = own.integrated
  for (let n = 1; ; n++) {
    reached = (await measure({ gainDb, ceiling })).integrated ?? reached
    const missing = target.integrated - reached
    const next = round(Math.min(most, gainDb + missing))
    if (Math.abs(missing) <= CLOSE_ENOUGH_DB || next === gainDb || n === MAX_ROUNDS) break
    gainDb = next
  }
  return { fix: { gainDb, ceiling }, note: quietNote(reached, target) }
}

function quietNote(reached: number, { integrated }: { integrated: number }): string | null {
  const missing = Math.round(integrated - reached)
  if (missing < 1) return null
  return `Its sound is ${missing} dB quieter than platforms play it: to be louder, it would have to be distorted, or its noise be raised.`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
