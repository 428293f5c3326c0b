import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { joinLengthPrefixed } from './bitstream/nal-units.ts'
import { nalRole, parameterSets, renumber, renumberNal, type Renumbering } from './bitstream/parameter-sets.ts'
import { edgeArgs, edgeUnits, seekAttempts } from './smart-edge.ts'
import { CannotJoin, isSameTime, type PartInput } from './smart-part.ts'
import { decoderComplaint, streamPackets } from './stream-packets.ts'
import type { StoredSample } from './video-mp4.ts'

/** The parameter sets of one edge: as the encoder wrote them, and under the numbers that they got. */
export interface EdgeSets {
  readonly raw: readonly Uint8Array[]
  readonly written: readonly Uint8Array[]
  readonly numbers: Renumbering
}

/** Encodes the pictures of an edge and stores them. `earlier`: what other edges already brought along. */
export async function encodeEdge(
  input: PartInput,
  frames: CutIndex['frames'],
  earlier: readonly EdgeSets[],
): Promise<{ samples: StoredSample[]; sets: EdgeSets[] }> {
  const first = frames[0]
  if (first === undefined) return { samples: [], sets: [...earlier] }
  for (const seek of seekAttempts(first.time, input.media.container)) {
    const found = await encodeFrom(input, frames, earlier, seek)
    if (found !== null) return found
  }
  throw new CannotJoin('The pictures at its edge could not be decoded one by one.')
}

/** Null when other pictures come out than were wanted: they are read from further back then. */
async function encodeFrom(
  { runner, source, media, stream, file, signal }: PartInput,
  frames: CutIndex['frames'],
  earlier: readonly EdgeSets[],
  seek: Ticks | null,
): Promise<{ samples: StoredSample[]; sets: EdgeSets[] } | null> {
  const span = { first: frames[0]!.time, end: frames.at(-1)!.end }
  const samples: StoredSample[] = []
  let sets: EdgeSets | null = null
  const stderr = await streamPackets(
    runner,
    edgeArgs(source, media, span, seek, runner.tools.version),
    async ({ pts, isKey, data }) => {
      const units = edgeUnits(data)
      sets ??= takeSets(units, stream, earlier)
      const numbers = sets.numbers
      const pictures = units.flatMap((nal) => {
        const role = nalRole(nal, stream.codec)
        return role === 'slice' || role === 'keyframe' ? [renumberNal(nal, stream.codec, numbers)] : []
      })
      const frame = frames.find(({ time }) => pts !== null && isSameTime(time + media.origin, pts))
      if (frame === undefined || pictures.length === 0) return false
      const stored = await file.store(joinLengthPrefixed(pictures))
      samples.push({ ...stored, pts: frame.time, duration: frame.end - frame.time, keyframe: isKey })
      return true
    },
    { signal },
  )
  // Begun between keyframes, a decoder makes up what it lacks, at the right times.
  if (decoderComplaint(stderr) !== undefined) return null
  const times = new Set(samples.map(({ pts }) => pts))
  if (sets === null || samples.length !== frames.length || times.size !== frames.length) return null
  return { samples, sets: earlier.includes(sets) ? [...earlier] : [...earlier, sets] }
}

function takeSets(
  units: readonly Uint8Array[],
  { codec, format }: PartInput['stream'],
  earlier: readonly EdgeSets[],
): EdgeSets {
  const found = parameterSets(units, codec)
  const raw = found.map(({ nal }) => Buffer.from(nal))
  const same = earlier.find(
    (set) => set.raw.length === raw.length && set.raw.every((nal, i) => Buffer.compare(nal, raw[i]!) === 0),
  )
  if (same !== undefined) return same
  const taken = parameterSets([...format.parameterSets, ...earlier.flatMap(({ written }) => written)], codec)
  const numbers = renumber(found, taken, codec)
  if (raw.length === 0 || numbers === null) throw new CannotJoin('The encoder does not say how it encoded.')
  return { raw, written: raw.map((nal) => Buffer.from(renumberNal(nal, codec, numbers))), numbers }
}
