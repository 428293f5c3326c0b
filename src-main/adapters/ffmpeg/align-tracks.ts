import { open, type FileHandle } from 'node:fs/promises'

/** A box of an MP4 (ISO 14496-12, 4.2) inside `bytes`: its content. */
interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** No clip of ours has an index as large. */
const MAX_INDEX_BYTES = 256 * 1024 * 1024

/**
 * Makes a finished MP4 play in sync also where edit lists are ignored. An AAC track begins with a priming packet, and
 * reordered pictures with a delay; edit lists skip both, by different lengths, and a player that does not read them
 * shows the difference. The picture's composition offsets are moved (they may be negative) so that it begins as late in
 * its track as the sound does in its own, and its edit list by as much: with edit lists nothing changes. In place;
 * nothing else of the file is touched. A file without sound or composition offsets is left as it is.
 */
export async function alignTracks(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const index = await readIndex(file)
    if (index === null) return
    if (moveVideo(index.bytes)) await file.write(index.bytes, 0, index.bytes.length, index.offset)
  } finally {
    await file.close()
  }
}

async function readIndex(file: FileHandle): Promise<{ offset: number; bytes: Buffer } | null> {
  const { size: total } = await file.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= total;) {
    await file.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? total - at : short
    if (size < 8) return null
    if (head.toString('latin1', 4, 8) === 'moov') {
      if (size > MAX_INDEX_BYTES || short === 1) return null
      const bytes = Buffer.alloc(size)
      await file.read(bytes, 0, size, at)
      return { offset: at, bytes }
    }
    at += size
  }
  return null
}

/** Changes the `moov` box in `bytes`; false when there is nothing to change. */
export function moveVideo(bytes: Buffer): boolean {
  const boxes = children(bytes, { type: 'moov', start: 8, end: bytes.length })
  const mvhd = boxes.find(({ type }) => type === 'mvhd')
  const movieTimescale = mvhd === undefined ? 1 : timescaleOf(bytes, mvhd)
  const tracks = boxes.filter(({ type }) => type === 'trak').map((trak) => readTrack(bytes, trak, movieTimescale))
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

interface Track {
  readonly handler: string
  readonly timescale: number
  /** Where the media time of what is shown first stands; null without an edit list. */
  readonly edit: { readonly version: number; readonly at: number } | null
  /** Seconds of the track before what is shown of it; negative where nothing is shown at first (an empty edit). */
  readonly lead: number
  readonly offsets: Box | null
}

function readTrack(bytes: Buffer, trak: Box, movieTimescale: number): Track {
  const find = (...path: string[]): Box | null =>
    path.reduce<Box | null>(
      (inside, type) => (inside === null ? null : (children(bytes, inside).find((box) => box.type === type) ?? null)),
      trak,
    )
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

/** Of a movie's or a track's header (8.2.2, 8.4.2): behind the two times, which version 1 writes with eight bytes. */
function timescaleOf(bytes: Buffer, header: Box): number {
  return bytes.readUInt32BE(header.start + (bytes[header.start] === 1 ? 20 : 12))
}

interface Edit {
  readonly version: number
  /** Where its media time stands. */
  readonly at: number
  /** In the track's units; -1 for an empty edit. */
  readonly mediaTime: number
  /** In the movie's units. */
  readonly duration: number
}

function readEdits(bytes: Buffer, elst: Box): Edit[] {
  const version = bytes[elst.start] ?? 0
  const count = bytes.readUInt32BE(elst.start + 4)
  const wide = version === 1 ? 8 : 4
  return Array.from({ length: count }, (_, i) => {
    const start = elst.start + 8 + i * (2 * wide + 4)
    const at = start + wide
    return version === 1
      ? { version, at, mediaTime: Number(bytes.readBigInt64BE(at)), duration: Number(bytes.readBigUInt64BE(start)) }
      : { version, at, mediaTime: bytes.readInt32BE(at), duration: bytes.readUInt32BE(start) }
  })
}

function children(bytes: Buffer, { start, end }: Box): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end;) {
    const size = bytes.readUInt32BE(at)
    if (size < 8 || at + size > end) break
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + 8, end: at + size })
    at += size
  }
  return boxes
}
