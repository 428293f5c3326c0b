import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { joinLengthPrefixed } from './bitstream/nal-units.ts'
import { nalRole, parameterSets, renumber, renumberNal, type Renumbering } from './bitstream/parameter-sets.ts'
import { passthroughArgs } from './passthrough.ts'
import { sampleOutput, type SampleSize } from './picture-samples.ts'
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

export interface EncodedEdge {
  readonly samples: readonly StoredSample[]
  /** null where it has no pictures. */
  readonly sets: EdgeSets | null
  /** The source's pictures, first to last, as `comparePictures` takes them. */
  readonly looks: Buffer
}

/**
 * Encodes the pictures of an edge and stores them. `other`: the parameter sets of the other edge, once they are known;
 * both edges are encoded at the same time, and one waits there for the first packet of the other. `onSets` is told this
 * one's.
 */
export async function encodeEdge(
  input: PartInput,
  frames: CutIndex['frames'],
  look: SampleSize,
  other: Promise<EdgeSets | null>,
  onSets: (sets: EdgeSets | null) => void,
): Promise<EncodedEdge> {
  const first = frames[0]
  if (first === undefined) {
    onSets(null)
    return { samples: [], sets: null, looks: Buffer.alloc(0) }
  }
  let known: EdgeSets | null = null
  const setsOf = async (units: readonly Uint8Array[]): Promise<EdgeSets> => {
    // A second attempt keeps the numbers of the first, which the other edge may have seen.
    known = takeSets(units, input.stream, [known, await other])
    onSets(known)
    return known
  }
  for (const seek of seekAttempts(first.time, input.media.container)) {
    const found = await encodeFrom(input, frames, look, setsOf, seek)
    if (found !== null) return found
  }
  throw new CannotJoin('The pictures at its edge could not be decoded one by one.')
}

/** Null when other pictures come out than were wanted: they are read from further back then. */
async function encodeFrom(
  { runner, source, media, stream, file, signal }: PartInput,
  frames: CutIndex['frames'],
  look: SampleSize,
  setsOf: (units: readonly Uint8Array[]) => Promise<EdgeSets>,
  seek: Ticks | null,
): Promise<EncodedEdge | null> {
  const span = { first: frames[0]!.time, end: frames.at(-1)!.end }
  const samples: StoredSample[] = []
  const looks: Buffer[] = []
  let sets: EdgeSets | null = null
  const { version } = runner.tools
  const stderr = await streamPackets(
    runner,
    edgeArgs(source, media, span, { seek, samples: look, version }),
    async ({ pts, isKey, data }) => {
      const units = edgeUnits(data)
      sets ??= await setsOf(units)
      const { numbers } = sets
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
    {
      signal,
      beside: {
        args: ['-map', '[samples]', ...sampleOutput(5, passthroughArgs(version))],
        async read(pipe) {
          for await (const chunk of pipe) looks.push(chunk as Buffer)
        },
      },
    },
  )
  // Begun between keyframes, a decoder makes up what it lacks, at the right times.
  if (decoderComplaint(stderr) !== undefined) return null
  const times = new Set(samples.map(({ pts }) => pts))
  if (sets === null || samples.length !== frames.length || times.size !== frames.length) return null
  return { samples, sets, looks: Buffer.concat(looks) }
}

/**
 * The parameter sets among an encoder's units: those of `others` where they are the same, else under numbers that
 * neither the format's nor theirs have.
 * @throws CannotJoin
 */
export function takeSets(
  units: readonly Uint8Array[],
  { codec, format }: Pick<PartInput['stream'], 'codec' | 'format'>,
  others: readonly (EdgeSets | null)[],
): EdgeSets {
  const found = parameterSets(units, codec)
  const raw = found.map(({ nal }) => Buffer.from(nal))
  const known = others.filter((set) => set !== null)
  const same = known.find(
    (set) => set.raw.length === raw.length && set.raw.every((nal, i) => Buffer.compare(nal, raw[i]!) === 0),
  )
  if (same !== undefined) return same
  const taken = parameterSets([...format.parameterSets, ...known.flatMap(({ written }) => written)], codec)
  const numbers = renumber(found, taken, codec)
  if (raw.length === 0 || numbers === null) throw new CannotJoin('The encoder does not say how it encoded.')
  return { raw, written: raw.map((nal) => Buffer.from(renumberNal(nal, codec, numbers))), numbers }
}
