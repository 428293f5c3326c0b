import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { joinLengthPrefixed, nalType, splitAnnexB, splitLengthPrefixed, type NalCodec } from './bitstream/nal-units.ts'
import type { PacketFormat } from './bitstream/decoder-config.ts'
import { nalRole, parameterSets } from './bitstream/parameter-sets.ts'
import { secondsDown } from './output-args.ts'
import { inputArgs } from './source-file.ts'
import { seekAttempts } from './smart-edge.ts'
import { CannotJoin, isSameTime, type PartInput } from './smart-part.ts'
import { streamPackets } from './stream-packets.ts'
import { packetHash } from './verify-hashes.ts'
import type { StoredSample } from './video-mp4.ts'

export interface CopiedMiddle {
  readonly samples: StoredSample[]
  readonly hashes: string[]
  /** It begins with a CRA picture. */
  readonly endsSequence: boolean
}

/** Stores the packets of these pictures, the first of which is a keyframe, as they are in the source. */
export async function copyMiddle(input: PartInput, frames: CutIndex['frames']): Promise<CopiedMiddle> {
  const first = frames[0]
  if (first === undefined) throw new CannotJoin('No picture can be copied.')
  for (const seek of seekAttempts(first.time, input.media.container)) {
    const found = await copyFrom(input, frames, seek)
    if (found !== null) return found
  }
  throw new CannotJoin('The keyframe to begin with was not found again.')
}

/** Null when what is read from `seek` on does not hold the first picture. */
async function copyFrom(
  { runner, source, media, stream, file, signal }: PartInput,
  frames: CutIndex['frames'],
  seek: Ticks | null,
): Promise<CopiedMiddle | null> {
  const { origin, video } = media
  const [first, last] = [frames[0]!, frames.at(-1)!]
  const wanted = new Map(frames.map((frame) => [Math.round((frame.time + origin) / 1000), frame]))
  const frameAt = (pts: Ticks) =>
    [0, -1, 1].map((near) => wanted.get(Math.round(pts / 1000) + near)).find((frame) => frame !== undefined)
  const samples: StoredSample[] = []
  const hashes: string[] = []
  let endsSequence = false
  const argv = [
    ...['-copyts', '-copytb', '1'],
    ...(seek === null ? [] : ['-seek_timestamp', '1', '-ss', secondsDown(seek + origin)]),
    ...inputArgs(source),
    ...[
      '-map',
      `0:${video.streamIndex}`,
      '-c',
      'copy',
      '-copyinkf',
      '-to',
      secondsDown(last.end + origin + TICKS_PER_SECOND),
    ],
  ]
  await streamPackets(
    runner,
    argv,
    async ({ pts, isKey, data }) => {
      if (pts === null) throw new CannotJoin('A picture carries no time.')
      if (samples.length === 0) {
        if (!isKey || !isSameTime(pts, first.time + origin)) return pts < last.end + origin
        endsSequence = checkEntry(splitUnits(data, stream.format), stream.codec)
      }
      const frame = frameAt(pts)
      // Leading pictures of the keyframe belong to the edge before it.
      if (frame === undefined) return true
      const units = splitUnits(data, stream.format)
      checkInBand(units, stream.format, stream.codec)
      const sample = stream.format.lengthSize === 4 ? data : joinLengthPrefixed(units)
      hashes.push(packetHash(sample))
      const stored = await file.store(sample)
      samples.push({ ...stored, pts: frame.time, duration: frame.end - frame.time, keyframe: isKey })
      return samples.length < frames.length
    },
    { signal },
  )
  if (samples.length === 0) return null
  if (samples.length !== frames.length || new Set(samples.map(({ pts }) => pts)).size !== frames.length) {
    throw new CannotJoin('Some pictures could not be read a second time.')
  }
  return { samples, hashes, endsSequence }
}

function splitUnits(data: Uint8Array, { lengthSize }: PacketFormat): Uint8Array[] {
  const units = lengthSize === null ? splitAnnexB(data) : splitLengthPrefixed(data, lengthSize)
  if (units === null || units.length === 0) throw new CannotJoin('A picture is stored in an unknown form.')
  return units
}

/** Only where decoding can begin anew may other parameters end; says whether the sequence before must be closed. */
function checkEntry(units: readonly Uint8Array[], codec: NalCodec): boolean {
  const slices = units.filter((nal) => ['slice', 'keyframe'].includes(nalRole(nal, codec)))
  if (slices.length === 0 || slices.some((nal) => nalRole(nal, codec) !== 'keyframe')) {
    throw new CannotJoin('Its keyframes need pictures from before them (open GOPs, or pictures refreshed in stripes).')
  }
  return codec === 'hevc' && slices.some((nal) => nalType(nal, codec) === 21)
}

/** Parameter sets among the pictures must be those that the file's head says. */
function checkInBand(units: readonly Uint8Array[], format: PacketFormat, codec: NalCodec): void {
  for (const { role, id, nal } of parameterSets(units, codec)) {
    const known = parameterSets(format.parameterSets, codec).find((set) => set.role === role && set.id === id)
    if (known === undefined || Buffer.compare(known.nal, nal) !== 0) {
      throw new CannotJoin('The way its video is encoded changes on the way.')
    }
  }
}
