/** What a file is by its first bytes. The extension is never believed. */
export type SniffedFormat = keyof typeof demuxers

/** FFmpeg's demuxer for each, forced with `-f`, so that no other (playlist, script, image) can be talked into a try. */
export const demuxers = {
  mp4: 'mov',
  mov: 'mov',
  matroska: 'matroska',
  webm: 'matroska',
  avi: 'avi',
  flv: 'flv',
  mpegts: 'mpegts',
  dash: 'dash',
  mp3: 'mp3',
  aac: 'aac',
  flac: 'flac',
  ogg: 'ogg',
  wav: 'wav',
} as const

export type Sniffed =
  | { kind: 'media'; format: SniffedFormat }
  /** Something that we know and will not open. `what` completes "This is …". */
  | { kind: 'refused'; what: string; why: 'playlist' | 'script' | 'image' | 'text' | 'unsupported' | 'zeros' }
  | { kind: 'unknown' }

/** How many bytes `sniff` wants to see. */
export const sniffBytes = 8192

/** Pure; see each branch for where its signature comes from. */
export function sniff(head: Uint8Array): Sniffed {
  const text = latin1(head)
  const media = (format: SniffedFormat): Sniffed => ({ kind: 'media', format })
  const refused = (what: string, why: Extract<Sniffed, { kind: 'refused' }>['why']): Sniffed => ({
    kind: 'refused',
    what,
    why,
  })

  const box = sniffMp4(text)
  if (box !== null) return box === 'image' ? refused('a picture', 'image') : media(box)
  // RFC 8794: every EBML document begins so; DocType (0x4282) tells Matroska from WebM.
  if (text.startsWith('\x1a\x45\xdf\xa3')) {
    return media(/\x42\x82[\x80-\xff]webm/.test(text.slice(0, 256)) ? 'webm' : 'matroska')
  }
  if (/^(RIFF|RF64|RIFX)/.test(text)) {
    const form = text.slice(8, 12)
    if (form === 'AVI ') return media('avi')
    if (form === 'WAVE') return media('wav')
    return form === 'WEBP' ? refused('a picture', 'image') : { kind: 'unknown' }
  }
  if (/^FLV[\x01-\x05]/.test(text)) return media('flv')
  if (text.startsWith('fLaC')) return media('flac')
  if (text.startsWith('OggS')) return media('ogg')
  if (text.startsWith('ID3')) return media('mp3')
  if (isTransportStream(head)) return media('mpegts')
  const image = imageKind(text)
  if (image !== null) return refused(image, 'image')
  if (text.startsWith('\x30\x26\xb2\x75')) return refused('a Windows Media file', 'unsupported')
  if (text.startsWith('\x00\x00\x01\xba')) return refused('an MPEG program stream', 'unsupported')
  const written = sniffText(head)
  if (written !== null) return written
  if (isAdts(head)) return media('aac')
  if (isMp3(head)) return media('mp3')
  if (head.length > 0 && head.every((byte) => byte === 0)) {
    return refused('a file of zeros, as a crash or a full disk leaves it', 'zeros')
  }
  return { kind: 'unknown' }
}

/** ISO 14496-12: a box's size, then its four-letter type; `ftyp` names the brand. */
function sniffMp4(text: string): 'mp4' | 'mov' | 'image' | null {
  const type = text.slice(4, 8)
  if (type === 'ftyp') {
    const brand = text.slice(8, 12)
    if (/^(avif|avis|heic|heix|heif|mif1|msf1)$/.test(brand)) return 'image'
    return brand === 'qt  ' ? 'mov' : 'mp4'
  }
  // Old QuickTime has no ftyp; a file cut or overwritten at its start begins with one of the others.
  return /^(moov|mdat|wide|free|skip|pnot|moof|styp|sidx)$/.test(type)
    ? /^(wide|pnot)$/.test(type)
      ? 'mov'
      : 'mp4'
    : null
}

/** ISO 13818-1: packets of 188 bytes that begin with 0x47 (192 on Blu-ray, 204 with error correction). */
function isTransportStream(head: Uint8Array): boolean {
  for (const size of [188, 192, 204]) {
    // A recording that was cut at its start begins inside a packet.
    for (let first = 0; first < size; first += 1) {
      const wanted = Math.min(8, Math.floor((head.length - first) / size))
      if (wanted < 3) break
      let matches = 0
      while (matches < wanted && head[first + matches * size] === 0x47) matches += 1
      // The payload unit start, and no transport error, in any of them would be finer; eight in a row are proof enough.
      if (matches === wanted) return true
    }
  }
  return false
}

function imageKind(text: string): string | null {
  if (
    /^(\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|8BPS|\0\0\x01\0|\0\0\0\x0cJXL |\xff\x0a)/s.test(text)
  )
    return 'a picture'
  return /^<(\?xml[^>]*>\s*)?svg/i.test(text) ? 'a picture' : null
}

/** Playlists, scripts, DASH manifests and everything else that is readable text. Null when it is not text. */
function sniffText(head: Uint8Array): Sniffed | null {
  const text = decodeText(head)
  if (text === null) return null
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (/^#EXTM3U/i.test(start)) return { kind: 'refused', what: 'a playlist (HLS)', why: 'playlist' }
  if (/^\[playlist\]/i.test(start)) return { kind: 'refused', what: 'a playlist', why: 'playlist' }
  if (/^ffconcat\b/i.test(start) || /^file\s+['"]?\S/i.test(start))
    return { kind: 'refused', what: 'a concat script', why: 'script' }
  if (/^(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<(\w+:)?MPD[\s>]/is.test(start)) return { kind: 'media', format: 'dash' }
  if (/^(WEBVTT|\d+\s*\r?\n\d\d:\d\d:\d\d|\[Script Info\])/i.test(start))
    return { kind: 'refused', what: 'a subtitle file', why: 'text' }
  return { kind: 'refused', what: 'a text file', why: 'text' }
}

function decodeText(head: Uint8Array): string | null {
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  if (utf16 !== null) return new TextDecoder(utf16).decode(head)
  try {
    // `stream`: the last character may be cut.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // eslint-disable-next-line no-control-regex
    return text.trim() === '' || /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text
  } catch {
    return null
  }
}

/** ISO 13818-7 ADTS: sync word, layer 0; the next frame must follow where this one's length says. */
function isAdts(head: Uint8Array): boolean {
  if (head[0] !== 0xff || ((head[1] ?? 0) & 0xf6) !== 0xf0) return false
  const length = (((head[3] ?? 0) & 3) << 11) | ((head[4] ?? 0) << 3) | ((head[5] ?? 0) >> 5)
  return (
    length > 7 && (length + 1 >= head.length || (head[length] === 0xff && ((head[length + 1] ?? 0) & 0xf6) === 0xf0))
  )
}

/** ISO 11172-3: sync word, a real layer, bit rate and sample rate. */
function isMp3(head: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0] = head
  return (
    a === 0xff &&
    (b & 0xe0) === 0xe0 &&
    (b & 0x18) !== 0x08 &&
    (b & 0x06) !== 0 &&
    (c & 0xf0) !== 0xf0 &&
    (c & 0x0c) !== 0x0c
  )
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
