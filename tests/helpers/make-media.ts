import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testTools } from './ffmpeg.ts'

/** A tiny recording, made by FFmpeg's own sources. Everything has a default: 2 s of 160×90 H.264 at 30 fps and one AAC track. */
export interface Recipe {
  container?: 'mp4' | 'mov' | 'mkv' | 'webm' | 'avi' | 'flv' | 'ts' | 'dash' | 'mp3' | 'wav' | 'flac' | 'ogg' | 'aac'
  seconds?: number
  /** null: no video. */
  video?: VideoRecipe | null
  /** Empty: no audio. */
  audio?: AudioRecipe[]
  /** Shifts every timestamp, in seconds. */
  offset?: number
  /** MP4: `fragmented` as OBS writes it; `hybrid` has leftovers of its fragments inside `mdat`, and `moov` at the end. */
  layout?: 'plain' | 'faststart' | 'fragmented' | 'hybrid'
  metadata?: Record<string, string>
  /** Adds a cover picture as a stream of its own. */
  cover?: boolean
  /** Options before the output, for what the rest cannot say. */
  extra?: string[]
}

export interface VideoRecipe {
  codec?: 'h264' | 'hevc' | 'av1' | 'vp9' | 'mjpeg'
  width?: number
  height?: number
  fps?: string
  /** Frames between keyframes. */
  gop?: number
  bFrames?: number
  /** Clockwise degrees that a player turns the picture by (MP4 and MOV). */
  rotation?: 90 | 180 | 270
  sampleAspectRatio?: string
  /** Drops frames unevenly. */
  variable?: boolean
  hdr?: 'pq' | 'hlg'
  /** Only so many frames. */
  frames?: number
  /** Default yuv420p, which has even sizes only. */
  pixels?: string
  /** A filter in place of the test picture (a whole lavfi source). */
  source?: string
}

export interface AudioRecipe {
  codec?: 'aac' | 'opus' | 'flac' | 'pcm' | 'mp3' | 'vorbis'
  title?: string
  handler?: string
  language?: string
  sampleRate?: number
  channels?: number
  /** Hz of its tone. */
  tone?: number
  /** A lavfi source in place of the tone. */
  source?: string
}

const run = promisify(execFile)
const cache = fileURLToPath(new URL('../../.cache/test-media/', import.meta.url))

/**
 * Makes the recording (once per recipe and FFmpeg; later calls copy it) and returns its path in `folder`. For DASH that
 * is the manifest, in a folder of its own.
 */
export async function makeMedia(folder: string, recipe: Recipe = {}, name?: string): Promise<string> {
  const tools = await testTools()
  const args = mediaArgs(recipe)
  const key = createHash('sha256')
    .update(JSON.stringify([3, tools.version, args, recipe]))
    .digest('hex')
    .slice(0, 24)
  const container = recipe.container ?? 'mp4'
  const made = path.join(cache, key)
  if (!existsSync(made)) {
    mkdirSync(cache, { recursive: true })
    const work = mkdtempSync(path.join(cache, 'work-'))
    const file = path.join(work, container === 'dash' ? 'session.mpd' : `media.${container}`)
    await run(tools.ffmpeg, [...args, container === 'dash' ? 'session.mpd' : `file:${file}`], { cwd: work })
    if (recipe.video?.rotation !== undefined) rotate(file, recipe.video.rotation)
    if (recipe.layout === 'hybrid') makeHybrid(file)
    try {
      renameSync(work, made)
    } catch {
      // Another worker was faster.
      rmSync(work, { recursive: true, force: true })
    }
  }
  if (container === 'dash') {
    const target = path.join(folder, name ?? `dash-${key.slice(0, 8)}`)
    cpSync(made, target, { recursive: true })
    return path.join(target, 'session.mpd')
  }
  const target = path.join(folder, name ?? `${key.slice(0, 8)}.${container}`)
  cpSync(path.join(made, `media.${container}`), target)
  return target
}

/** FFmpeg's arguments for a recipe, without the output. Pure. */
export function mediaArgs(recipe: Recipe): string[] {
  const { container = 'mp4', seconds = 2, audio = [{}], layout = 'plain', metadata = {} } = recipe
  const video = recipe.video === undefined ? {} : recipe.video
  const inputs: string[] = []
  const outputs: string[] = []
  let input = 0
  if (video !== null) {
    const { width = 160, height = 90, fps = '30', frames } = video
    // testsrc2 rounds sizes to even ones.
    const picture = (width | height) & 1 ? 'testsrc' : 'testsrc2'
    const source = video.source ?? `${picture}=s=${width}x${height}:r=${fps}:d=${seconds}`
    inputs.push('-f', 'lavfi', '-i', source)
    outputs.push(
      '-map',
      `${input}:v`,
      ...videoArgs(video),
      ...(frames === undefined ? [] : ['-frames:v', String(frames)]),
    )
    input += 1
  }
  for (const [index, track] of audio.entries()) {
    const { sampleRate = 48_000, tone = 330 + 110 * index } = track
    inputs.push('-f', 'lavfi', '-i', track.source ?? `sine=f=${tone}:r=${sampleRate}:d=${seconds}`)
    outputs.push('-map', `${input}:a`, ...audioArgs(track, index))
    input += 1
  }
  if (recipe.cover === true) {
    inputs.push('-f', 'lavfi', '-i', 'color=red:s=64x64:r=1:d=1')
    const at = video === null ? 0 : 1
    outputs.push(
      '-map',
      `${input}:v`,
      `-c:v:${at}`,
      'png',
      `-frames:v:${at}`,
      '1',
      `-disposition:v:${at}`,
      'attached_pic',
    )
  }
  for (const [key, value] of Object.entries(metadata)) outputs.push('-metadata', `${key}=${value}`)
  if (recipe.offset !== undefined) outputs.push('-output_ts_offset', String(recipe.offset))
  if (layout === 'faststart') outputs.push('-movflags', '+faststart')
  if (layout === 'fragmented') outputs.push('-movflags', '+frag_keyframe+empty_moov+delay_moov+default_base_moof')
  if (container === 'dash') outputs.push('-seg_duration', '1')
  outputs.push(...(recipe.extra ?? []), '-f', muxers[container])
  return ['-y', '-nostdin', '-v', 'error', ...inputs, ...outputs]
}

const muxers = {
  mp4: 'mp4',
  mov: 'mov',
  mkv: 'matroska',
  webm: 'webm',
  avi: 'avi',
  flv: 'flv',
  ts: 'mpegts',
  dash: 'dash',
  mp3: 'mp3',
  wav: 'wav',
  flac: 'flac',
  ogg: 'ogg',
  aac: 'adts',
} as const

function videoArgs({
  codec = 'h264',
  gop = 30,
  bFrames = 2,
  sampleAspectRatio,
  variable,
  hdr,
  pixels,
}: VideoRecipe): string[] {
  const filters = [
    ...(sampleAspectRatio === undefined ? [] : [`setsar=${sampleAspectRatio.replace(':', '/')}`]),
    // Every frame of the first second, then now and then one.
    ...(variable === true ? ["select='lt(n,20)+not(mod(n,7))+not(mod(n,11))'"] : []),
  ]
  const args = [
    ...(filters.length === 0 ? [] : ['-vf', filters.join(',')]),
    ...(variable === true ? ['-fps_mode', 'vfr'] : []),
  ]
  if (hdr !== undefined) {
    args.push(
      '-color_primaries',
      'bt2020',
      '-colorspace',
      'bt2020nc',
      '-color_trc',
      hdr === 'pq' ? 'smpte2084' : 'arib-std-b67',
    )
  }
  const format = pixels ?? (codec === 'mjpeg' ? 'yuvj420p' : hdr === undefined ? 'yuv420p' : 'yuv420p10le')
  const encoders = {
    h264: ['libx264', '-preset', 'ultrafast', '-bf', String(bFrames), '-sc_threshold', '0'],
    hevc: [
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      `log-level=error:bframes=${bFrames}:scenecut=0:open-gop=0`,
    ],
    av1: ['libaom-av1', '-cpu-used', '8', '-row-mt', '1'],
    vp9: ['libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'],
    mjpeg: ['mjpeg', '-q:v', '8'],
  }
  args.push('-c:v:0', ...encoders[codec], '-pix_fmt', format, '-g', String(gop), '-keyint_min', String(gop))
  return args
}

function audioArgs(
  { codec = 'aac', title, handler, language, sampleRate = 48_000, channels = 1 }: AudioRecipe,
  index: number,
): string[] {
  const encoders = {
    aac: 'aac',
    opus: 'libopus',
    flac: 'flac',
    pcm: 'pcm_s16le',
    mp3: 'libmp3lame',
    vorbis: 'libvorbis',
  }
  const tag = (key: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`-metadata:s:a:${index}`, `${key}=${value}`]
  return [
    `-c:a:${index}`,
    encoders[codec],
    `-ar:a:${index}`,
    String(sampleRate),
    `-ac:a:${index}`,
    String(channels),
    // FLAC in MP4 was experimental once.
    ...(codec === 'flac' ? ['-strict', '-2'] : []),
    ...tag('title', title),
    ...tag('handler_name', handler),
    ...tag('language', language),
  ]
}

/** The top-level boxes of an MP4. */
export function readBoxes(file: string): { type: string; start: number; size: number }[] {
  const bytes = readFileSync(file)
  const boxes = []
  for (let at = 0; at + 8 <= bytes.length;) {
    const small = bytes.readUInt32BE(at)
    const size = small === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : small === 0 ? bytes.length - at : small
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, size })
    at += Math.max(8, size)
  }
  return boxes
}

/** Writes a turned display matrix into the first track's header (ISO 14496-12, 8.3.2), as a phone does. */
function rotate(file: string, degrees: 90 | 180 | 270): void {
  const bytes = readFileSync(file)
  const at = bytes.indexOf('tkhd', 0, 'latin1')
  if (at < 0 || bytes[at + 4] !== 0) throw new Error('no version 0 track header')
  const one = 0x10000
  const matrices = { 90: [0, one, 0, -one, 0], 180: [-one, 0, 0, 0, -one], 270: [0, -one, 0, one, 0] }
  for (const [index, value] of matrices[degrees].entries()) bytes.writeInt32BE(value, at + 44 + index * 4)
  writeFileSync(file, bytes)
}

/** OBS's Hybrid MP4, finished: boxes of the time when it was fragmented stay behind as dead bytes inside `mdat`. */
function makeHybrid(file: string): void {
  const bytes = readFileSync(file)
  const boxes = readBoxes(file)
  const mdat = boxes.find((box) => box.type === 'mdat')
  const moov = boxes.find((box) => box.type === 'moov')
  if (mdat === undefined || moov === undefined || moov.start < mdat.start) throw new Error('wanted mdat before moov')
  const end = mdat.start + mdat.size
  const dead = bytes.subarray(moov.start, moov.start + moov.size)
  bytes.writeUInt32BE(mdat.size + dead.length, mdat.start)
  writeFileSync(file, Buffer.concat([bytes.subarray(0, end), dead, bytes.subarray(end)]))
}

/** Cuts a file to a number of bytes or, below 1, to that part of it. In place. */
export function cutFile(file: string, keep: number): string {
  truncateSync(file, keep < 1 ? Math.floor(statSync(file).size * keep) : keep)
  return file
}

/** What a crash leaves of a plain MP4: everything but its index. In place. */
export function dropMoov(file: string): string {
  const bytes = readFileSync(file)
  const kept = readBoxes(file).filter((box) => box.type !== 'moov')
  writeFileSync(file, Buffer.concat(kept.map((box) => bytes.subarray(box.start, box.start + box.size))))
  return file
}

/** Overwrites part of a file with noise that is the same every time. In place. */
export function scribble(file: string, start: number, length: number, seed = 1): string {
  const bytes = readFileSync(file)
  let state = seed
  for (let at = start; at < Math.min(bytes.length, start + length); at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    bytes[at] = (state >> 16) & 0xff
  }
  writeFileSync(file, bytes)
  return file
}
