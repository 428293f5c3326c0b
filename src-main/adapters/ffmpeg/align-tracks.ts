import { open } from 'node:fs/promises'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { children, descend, readEdits, readMovie, timescaleOf, type Box, type Edit } from './mp4-boxes.ts'

/**
 * Lets a finished MP4's picture be shown for exactly so long. Its last picture's own length is lost where the times of
 * decoding run unevenly: an MP4 only keeps the distances of those.
 */
export async function showFor(path: string, length: Ticks): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const index = await readMovie(file)
    if (index === null) return
    if (limitVideo(index.bytes, length)) await file.write(index.bytes, 0, index.bytes.length, index.offset)
  } finally {
    await file.close()
  }
}

/** Changes the `moov` box in `bytes`; false when there is nothing to change. */
export function limitVideo(bytes: Buffer, length: Ticks): boolean {
  const { movieTimescale, tracks } = readTracks(bytes)
  const edit = tracks.find(({ handler }) => handler === 'vide')?.edit
  if (edit == null) return false
  const duration = Math.round((length * movieTimescale) / TICKS_PER_SECOND)
  if (duration === edit.duration) return false
  if (edit.version === 1) bytes.writeBigUInt64BE(BigInt(duration), edit.at - 8)
  else bytes.writeUInt32BE(duration, edit.at - 4)
  return true
}

/**
 * Makes a finished MP4 play in sync also where edit lists are ignored. An AAC track begins with a priming packet, and
 * reordered pictures with a delay; edit lists skip both, by different lengths, and a player that does not read them
 * shows the difference. The picture's composition offsets are moved (they may be negative) so that it begins as late in
 * its track as the sound does in its own, and its edit list by as much: with edit lists nothing changes. In place;
 * nothing else of the file is touched. Without `editLists` they become free space afterwards: the whole clip then begins a
 * little later, picture and sound alike. A file without sound or composition offsets is left as it is.
 */
export async function alignTracks(path: string, { editLists }: { editLists: boolean }): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const index = await readMovie(file)
    if (index === null) return
    const moved = moveVideo(index.bytes)
    const dropped = !editLists && dropEditLists(index.bytes)
    if (moved || dropped) await file.write(index.bytes, 0, index.bytes.length, index.offset)
  } finally {
    await file.close()
  }
}

/** What a box of that size that nobody reads is called. */
const FREE = Buffer.from('free')

/** Changes the `moov` box in `bytes`; false when there is nothing to change. */
export function dropEditLists(bytes: Buffer): boolean {
  const tracks = children(bytes, { type: 'moov', start: 8, end: bytes.length }).filter(({ type }) => type === 'trak')
  const lists = tracks.flatMap((track) => children(bytes, track).filter(({ type }) => type === 'edts'))
  for (const { start, end } of lists) {
    FREE.copy(bytes, start - 4)
    // Also for who looks for its name without reading boxes.
    bytes.fill(0, start, end)
  }
  return lists.length > 0
}

/** Changes the `moov` box in `bytes`; false when there is nothing to change. */
export function moveVideo(bytes: Buffer): boolean {
  const { tracks } = readTracks(bytes)
  const video = tracks.find((track) => track.handler === 'vide')
  const sound = tracks.flatMap((track) => (track.handler === 'soun' && track.edit !== null ? [track.lead] : []))
  if (video?.edit == null || video.offsets === null || sound.length === 0) return false
  // Tracks that were copied begin up to a packet apart: the middle is nearest to all.
  const lead = Math.max(0, (Math.min(...sound) + Math.max(...sound)) / 2)
  const shift = Math.round(lead * video.timescale) - Math.round(video.lead * video.timescale)
  if (shift === 0) return false
  const { edit, offsets } = video
  if (edit.version === 1) bytes.writeBigInt64BE(bytes.readBigInt64BE(edit.at) + BigInt(shift), edit.at)
  else bytes.writeInt32BE(bytes.readInt32BE(edit.at) + shift, edit.at)
  // Version 1: offsets are signed.
  bytes[offsets.start] = 1
  const count = bytes.readUInt32BE(offsets.start + 4)
  for (let i = 0; i < count; i += 1) {
    const at = offsets.start + 12 + 8 * i
    bytes.writeInt32BE(bytes.readInt32BE(at) + shift, at)
  }
  return true
}

function readTracks(bytes: Buffer): { movieTimescale: number; tracks: Track[] } {
  const boxes = children(bytes, { type: 'moov', start: 8, end: bytes.length })
  const mvhd = boxes.find(({ type }) => type === 'mvhd')
  const movieTimescale = mvhd === undefined ? 1 : timescaleOf(bytes, mvhd)
  const traks = boxes.filter(({ type }) => type === 'trak')
  return { movieTimescale, tracks: traks.map((trak) => readTrack(bytes, trak, movieTimescale)) }
}

interface Track {
  readonly handler: string
  readonly timescale: number
  /** Where the media time of what is shown first stands; null without an edit list. */
  readonly edit: Edit | null
  /** Seconds of the track before what is shown of it; negative where nothing is shown at first (an empty edit). */
  readonly lead: number
  readonly offsets: Box | null
}

function readTrack(bytes: Buffer, trak: Box, movieTimescale: number): Track {
  const find = (...path: string[]): Box | null => descend(bytes, trak, ...path)
  const mdhd = find('mdia', 'mdhd')
  const hdlr = find('mdia', 'hdlr')
  const elst = find('edts', 'elst')
  const timescale = mdhd === null ? 1 : timescaleOf(bytes, mdhd)
  const edits = elst === null ? [] : readEdits(bytes, elst)
  const shown = edits.find(({ mediaTime }) => mediaTime >= 0)
  const wait = edits[0] !== undefined && edits[0].mediaTime < 0 ? edits[0].duration / movieTimescale : 0
  return {
    handler: hdlr === null ? '' : bytes.toString('latin1', hdlr.start + 8, hdlr.start + 12),
    timescale,
    edit: shown ?? null,
    lead: (shown?.mediaTime ?? 0) / timescale - wait,
    offsets: find('mdia', 'minf', 'stbl', 'ctts'),
  }
}
