import { analyse } from '../../src-main/stages/analyse/analyse.ts'
import type { FeaturesSummary } from '../../src-main/stages/analyse/deps.ts'
import { mulberry32 } from '../../src-shared/domain/evaluation/random.ts'
import type { ScoreInput } from '../../src-shared/domain/score.ts'
import { MEL_PATCH, PICTURE_BYTES, type SignalCurve } from '../../src-shared/domain/signal.ts'
import { ticksFromSeconds, type Ticks } from '../../src-shared/domain/time.ts'
import { makeMedia, makeTrack, makeVideo } from './make-media-info.ts'
import { addFlash, addText, ordinaryPicture } from './planted-pictures.ts'
import { addExplosion, addShout, ordinarySound, SAMPLE_RATE, type Background } from './planted-sound.ts'

/** What happens in the recording itself; chats and markers come beside it. */
export type PlantedKind = 'shout' | 'explosion' | 'motion' | 'text' | 'flash' | 'chat' | 'marker'

export interface Planted {
  readonly kind: PlantedKind
  /** Seconds. */
  readonly at: number
}

export interface PlantedRecording {
  readonly input: ScoreInput
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
  readonly planted: readonly Planted[]
}

const FPS = 30
const KEY_SECONDS = 2

/**
 * A recording of game sound, microphone and picture in which exactly one thing happens every `every` seconds, one after
 * the other in the order of `kinds`, and nothing but everyday sounds and pictures between. Measured by the code that
 * measures real recordings, in memory, without FFmpeg.
 */
export async function plantedRecording(
  background: Background,
  kinds: readonly PlantedKind[],
  { every = 40, seed = 1 }: { every?: number; seed?: number } = {},
): Promise<PlantedRecording> {
  const random = mulberry32(seed)
  const lead = 60
  const seconds = Math.ceil(2 * lead + every * kinds.length)
  const planted = kinds.map((kind, i) => ({
    kind,
    at: Math.round((lead + every * (i + 0.5) + 6 * random() - 3) * 2) / 2,
  }))
  const game = ordinarySound(background === 'talk' ? 'room' : background, seconds, seed)
  const mic = ordinarySound(background === 'talk' ? 'talk' : 'room', seconds, seed + 100)
  const motion: { from: number; to: number; much: number }[] = []
  const shown: { from: number; to: number; draw: (rgb: Uint8Array) => void }[] = []
  for (const [i, { kind, at }] of planted.entries()) {
    const own = mulberry32(seed * 1000 + i)
    if (kind === 'shout') addShout(mic, at, own)
    if (kind === 'explosion') addExplosion(game, at, own)
    if (kind === 'motion') motion.push({ from: at, to: at + 3 + 4 * own(), much: 2 + 3 * own() })
    if (kind === 'text')
      shown.push({ from: at, to: at + 3 + 2 * own(), draw: (rgb) => addText(rgb, mulberry32(seed + i)) })
    if (kind === 'flash') shown.push({ from: at, to: at + 2.2, draw: (rgb) => addFlash(rgb, mulberry32(seed + i)) })
  }
  const media = makeMedia({
    duration: ticksFromSeconds(seconds),
    video: makeVideo({ fps: { num: FPS, den: 1 } }),
    audio: [makeTrack({ role: 'game' }), makeTrack({ index: 1, streamIndex: 2, role: 'mic' })],
  })
  const mel = [new Uint8Array(seconds * 2 * MEL_PATCH), new Uint8Array(seconds * 2 * MEL_PATCH)]
  const filled = [0, 0]
  const pictures: { time: Ticks; i420: Uint8Array }[] = []
  let curves: SignalCurve[] = []
  const { duration, cuts } = await analyse(
    {
      async stream(_source, sink) {
        for (const [track, sound] of [game, mic].entries()) {
          for (let start = 0; start < sound.length; start += SAMPLE_RATE) {
            const part = new Int16Array(Math.min(SAMPLE_RATE, sound.length - start))
            for (let i = 0; i < part.length; i++) {
              part[i] = Math.max(-32768, Math.min(32767, Math.round(sound[start + i]! * 32768)))
            }
            await sink.audio(track, start, part)
          }
        }
        let [moved, busy] = [0, 1]
        let [motionAt, shownAt] = [0, 0]
        for (let frame = 0; frame < seconds * FPS; frame++) {
          const at = frame / FPS
          const time = ticksFromSeconds(at)
          while (motionAt < motion.length && at >= motion[motionAt]!.to) motionAt++
          while (shownAt < shown.length && at >= shown[shownAt]!.to + 1) shownAt++
          const burst = at >= (motion[motionAt]?.from ?? Infinity) ? motion[motionAt] : undefined
          const thing = shown[shownAt] ?? { from: Infinity, to: Infinity, draw: () => {} }
          if (burst !== undefined) moved += burst.much * 3
          const isKey = frame % (KEY_SECONDS * FPS) === 0
          if (isKey) {
            const rgb = ordinaryPicture(background, at, moved, seed)
            if (at >= thing.from && at < thing.to) thing.draw(rgb)
            await sink.frame(time, rgb)
          }
          // Scenes are a little busier and calmer, for some seconds each.
          if (frame % (FPS * 3) === 0) busy = 0.85 + 0.3 * random()
          const usual = { game: 4000, talk: 1200, music: 2000 }[background] * busy * (0.8 + 0.4 * random())
          // What appears or goes is drawn once.
          const drawn = Math.abs(at - thing.from) < 0.5 / FPS || Math.abs(at - thing.to) < 0.5 / FPS
          const bytes = isKey ? 25_000 : drawn ? usual * 2 : usual * (burst?.much ?? 1)
          sink.packet(time, ticksFromSeconds(1 / FPS), Math.round(bytes), isKey)
        }
      },
      extraFrames: async () => {},
      createFeatures: async () => ({
        writeMel(track, patch) {
          if (patch !== null) mel[track]!.set(patch, filled[track]! * MEL_PATCH)
          filled[track]! += 1
        },
        async writePicture(time, i420) {
          pictures.push({ time, i420: i420.slice() })
        },
        async finish(summary: FeaturesSummary) {
          curves = [...summary.curves]
          return { file: 'planted.features', bytes: 0 }
        },
        discard: async () => {},
      }),
    },
    {
      recording: { fingerprint: 'ab'.repeat(32), path: '/planted.mkv', size: 1, mtimeMs: 0 },
      media,
      signal: new AbortController().signal,
    },
  )
  const slots = curves[0]!.values.length
  const read = (track: number) => async (first: number, count: number) =>
    mel[track]!.slice(first * MEL_PATCH, (first + count) * MEL_PATCH)
  const readPictures = async (first: number, count: number): Promise<Uint8Array> => {
    const out = new Uint8Array(count * PICTURE_BYTES)
    for (let i = 0; i < count; i++) out.set(pictures[first + i]!.i420, i * PICTURE_BYTES)
    return out
  }
  return {
    input: {
      signals: { rate: 2, length: slots, curves },
      mel: [0, 1].map((track) => ({ track, read: read(track) })),
      pictures: { times: pictures.map(({ time }) => time), read: readPictures },
      roles: ['game', 'mic'],
    },
    duration,
    cuts,
    planted,
  }
}
