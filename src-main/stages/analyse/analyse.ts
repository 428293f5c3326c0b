import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { Recording } from '../../../src-shared/contract/recording.ts'
import { robustZ } from '../../../src-shared/domain/robust-z.ts'
import {
  audioCurves,
  packetCurves,
  pictureCurves,
  PICTURE_DISTANCE,
  slotsOf,
  type CurveSpec,
  type SignalCurve,
} from '../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { WAVE_RATE } from '../../../src-shared/domain/waveform.ts'
import { AudioTrackAnalyser, SAMPLE_RATE } from './audio-track.ts'
import type { AnalyseDeps } from './deps.ts'
import { createPictureMeter } from './picture.ts'
import { PictureKeeper } from './picture-keeper.ts'
import { LONGEST_NORMAL_GAP, PictureTrack, type PictureRecord } from './picture-track.ts'
import { LONGEST_RECORDING, PacketTrack } from './packet-track.ts'
import { planExtraFrames } from './plan-extra-frames.ts'
import type { MeasuredCurve } from './measured-curve.ts'
import { createShrinker } from './resize.ts'
import { WaveTrack } from './wave-track.ts'

/** Grows with every change that makes the features differ. */
export const ANALYSE_VERSION = 3

export interface AnalyseOptions {
  readonly recording: Recording
  readonly media: MediaInfo
  readonly signal: AbortSignal
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void
}

/** What an analysis found out, beside the features themselves. JSON. */
export interface AnalysisResult {
  readonly version: number
  /** Plain name of the features file. */
  readonly featuresFile: string
  readonly featuresBytes: number
  readonly slots: number
  /** What can really be read: the file's own word where it agrees to a second, else as measured. */
  readonly duration: Ticks
  readonly keyframes: { readonly count: number; readonly longestGap: Ticks }
  /** Pictures that were decoded although they are no keyframes. */
  readonly extraFrames: number
  /** The packet sizes say nothing, because the recorder held them constant. */
  readonly constantBitRate: boolean
  /** Scene changes. */
  readonly cuts: readonly Ticks[]
}

const maxSlots = slotsOf(LONGEST_RECORDING)
const maxBuckets = Math.ceil((LONGEST_RECORDING / TICKS_PER_SECOND) * WAVE_RATE)
const maxPictures = Math.ceil(LONGEST_RECORDING / PICTURE_DISTANCE)

/**
 * One pass over a recording turns it into 2 Hz signals, log-mel patches, waveforms and small pictures, kept in a
 * features file. Memory grows by some 100 bytes a slot, not with the bytes of the recording. The same recording gives the same features, byte for
 * byte. Any of video and audio may be missing; then so are its curves.
 */
export async function analyse(deps: AnalyseDeps, options: AnalyseOptions): Promise<AnalysisResult> {
  const { recording, media, signal } = options
  signal.throwIfAborted()
  const source = { recording, media }
  const features = await deps.createFeatures(`${recording.fingerprint}-${ANALYSE_VERSION}.features`)
  try {
    const written: (void | Promise<void>)[] = []
    const tracks = media.audio.map(
      ({ index }) =>
        new AudioTrackAnalyser((_slot, patch) => void written.push(features.writeMel(index, patch)), maxSlots),
    )
    const waves = media.audio.map(() => new WaveTrack(maxBuckets))
    const pictures = new PictureTrack()
    const keeper = new PictureKeeper(features, maxPictures)
    const shrink = createShrinker()
    const packets = new PacketTrack(maxSlots, LONGEST_NORMAL_GAP)
    const progress = progressOf(options)
    let soundEnd = 0

    const flush = async (): Promise<void> => {
      for (const promise of written.splice(0)) await promise
    }
    await deps.stream(
      source,
      {
        audio(track, start, samples) {
          const analyser = tracks[track]
          if (analyser === undefined) return
          analyser.push(start, samples)
          waves[track]?.push(start, samples)
          soundEnd = Math.max(soundEnd, analyser.position)
          progress((analyser.position / SAMPLE_RATE) * TICKS_PER_SECOND, 0)
          return written.some((promise) => promise !== undefined) ? flush() : void (written.length = 0)
        },
        frame(time, rgb) {
          if (pictures.push(time, shrink(rgb))) return keeper.offer(time, rgb)
        },
        packet(time, duration, bytes, isKey) {
          packets.push(time, duration, bytes, isKey)
          progress(time, bytes)
        },
      },
      { signal },
    )
    for (const track of tracks) track.finish()
    await flush()

    const duration = durationOf(media, Math.max(packets.end, Math.round((soundEnd / SAMPLE_RATE) * TICKS_PER_SECOND)))
    const slots = Math.min(maxSlots, slotsOf(duration))
    const keyframes = packets.keyframes(Math.max(packets.end, 0))

    let extraFrames = 0
    const gaps = packets.gaps(packets.end)
    for (const request of planExtraFrames({
      media,
      duration,
      packets: packets.count,
      keyframes: keyframes.count,
      gaps,
    })) {
      signal.throwIfAborted()
      const meter = createPictureMeter()
      const run: PictureRecord[] = []
      const onFrame = (time: Ticks, rgb: Uint8Array): void | Promise<void> => {
        run.push({ time, ...meter.measure(shrink(rgb)) })
        return keeper.offer(time, rgb)
      }
      await deps.extraFrames(source, request, onFrame, { signal })
      pictures.insert(run)
      extraFrames += Math.max(0, run.length - 1)
    }

    const cuts = pictures.cuts((from, to) => packets.locateCut(from, to))
    const curves = function* (): Generator<SignalCurve> {
      for (const [i, track] of tracks.entries()) {
        const measured = track.curves(slots)
        for (const spec of audioCurves) yield finished(spec, media.audio[i]!.index, measured[spec.id])
      }
      if (media.video === null) return
      const measured = pictures.curves(slots, cuts)
      for (const spec of pictureCurves) yield finished(spec, null, measured[spec.id])
      for (const spec of packetCurves) yield finished(spec, null, packets.curve(slots, packets.end))
    }
    const waveforms = function* (): Generator<{ track: number; levels: Uint8Array[] }> {
      const buckets = Math.min(maxBuckets, Math.ceil((duration / TICKS_PER_SECOND) * WAVE_RATE))
      for (const [i, wave] of waves.entries()) yield { track: media.audio[i]!.index, levels: wave.levels(buckets) }
    }
    const { file, bytes } = await features.finish({ slots, duration, cuts, curves: curves(), waves: waveforms() })
    options.onProgress?.(1)
    return {
      version: ANALYSE_VERSION,
      featuresFile: file,
      featuresBytes: bytes,
      slots,
      duration,
      keyframes,
      extraFrames,
      constantBitRate: packets.isConstantRate(slots),
      cuts,
    }
  } catch (thrown) {
    await features.discard()
    throw thrown
  }
}

function finished(spec: CurveSpec, track: number | null, { values, valid }: MeasuredCurve): SignalCurve {
  for (let i = 0; i < values.length; i++) if (valid[i] === 0) values[i] = 0
  return { id: spec.id, track, unit: spec.unit, values, z: robustZ(values, valid, spec), valid }
}

function durationOf(media: MediaInfo, measured: Ticks): Ticks {
  const limited = Math.min(measured, LONGEST_RECORDING)
  const { duration } = media
  return duration !== null && Math.abs(duration - limited) <= TICKS_PER_SECOND ? duration : limited
}

/** By time where the file knows its length, else by the share of its bytes that went by. */
function progressOf({ media, recording, onProgress }: AnalyseOptions): (time: Ticks, bytes: number) => void {
  let [bytes, told] = [0, 0]
  return (time, more) => {
    bytes += more
    const share = media.duration !== null && media.duration > 0 ? time / media.duration : bytes / recording.size
    // The end is told when it is reached: curves and extra frames are still to come.
    const fraction = Math.min(0.99, share)
    if (!(fraction >= told + 0.005)) return
    told = fraction
    onProgress?.(fraction)
  }
}
