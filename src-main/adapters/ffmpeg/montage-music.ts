import { basename, join } from 'node:path'
import { readdir, stat } from 'node:fs/promises'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { checkSource, fromSystemError } from './check-source.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { measureLoudness, type Loudness } from './measure-loudness.ts'
import { STEM_RATE } from './montage-stems.ts'
import type { FfmpegRunner } from './runner.ts'
import { fileUrl, inputArgs, type SourceFile } from './source-file.ts'

/** What players call music; the content is looked at afterwards all the same. */
const MUSIC = /\.(mp3|m4a|aac|flac|wav|ogg|oga|opus|mka)$/i
/** Of a folder; somebody's whole collection is not looked through. */
const MOST_FILES = 500
/** A beat that is there is there in the first five minutes. */
const MOST_LISTENED_SECONDS = 300

/**
 * The music at a path: the file, or one of a folder's, which `choice` (any whole number) decides on. A file that turns
 * out to be something else is passed over there.
 * @throws ClutchcutError as of `checkSource`; `input/not-found` where the folder holds no music.
 */
export async function findMusic(
  path: string,
  choice: number,
  options: { platform: NodeJS.Platform; signal: AbortSignal },
): Promise<SourceFile> {
  const info = await stat(path).catch((error: unknown) => {
    throw fromSystemError(error, path)
  })
  if (!info.isDirectory()) return checkSource(path, options).catch(notMusic(path))
  const names = (await readdir(path)).filter((name) => MUSIC.test(name) && !name.startsWith('.')).toSorted()
  const listed = names.slice(0, MOST_FILES)
  for (let i = 0; i < listed.length; i += 1) {
    const name = listed[(choice + i) % listed.length]!
    try {
      return await checkSource(join(path, name), options)
    } catch (error) {
      options.signal.throwIfAborted()
      if (!(error instanceof ClutchcutError)) throw error
    }
  }
  throw new ClutchcutError(
    'input/not-found',
    `There is no music in ${path}: MP3, M4A, FLAC, WAV, Ogg and Opus are taken. Choose another folder, or a file.`,
    { data: { path } },
  )
}

/**
 * Plays a second of it, so that what cannot be played is found before anything is made.
 * @throws ClutchcutError `input/not-media` where there is no sound in it.
 */
export async function checkMusic(
  runner: FfmpegRunner,
  music: SourceFile,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await explained(music, () => runner.run([...soundArgs(music, 1), '-f', 'null', '-'], { signal }))
}

/** How music is decoded: one stream, no pictures, and no more than is needed. */
function soundArgs(music: SourceFile, seconds: number): string[] {
  return ['-vn', '-sn', '-dn', '-t', seconds.toFixed(3), ...inputArgs(music), '-map', '0:a:0']
}

/**
 * The beginning of some music, mono, at `rate`; at most five minutes of it.
 * @throws ClutchcutError `input/not-media` where there is no sound in it.
 */
export async function listenToMusic(
  runner: FfmpegRunner,
  music: SourceFile,
  rate: number,
  { signal }: { signal: AbortSignal },
): Promise<{ samples: Float32Array; isWhole: boolean }> {
  const output = ['-ac', '1', '-ar', String(rate), '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:3']
  const chunks: Buffer[] = []
  let bytes = 0
  await explained(music, async () => {
    const running = runner.spawn([...soundArgs(music, MOST_LISTENED_SECONDS), ...output], { pipes: 1, signal })
    for await (const chunk of running.pipes[0]!) {
      bytes += (chunk as Buffer).length
      if (bytes <= MOST_LISTENED_SECONDS * rate * 4) chunks.push(chunk as Buffer)
    }
    await running.done
  })
  const all = Buffer.concat(chunks)
  const samples = new Float32Array(Math.floor(all.length / 4))
  for (let i = 0; i < samples.length; i += 1) {
    const value = all.readFloatLE(4 * i)
    samples[i] = Number.isFinite(value) ? value : 0
  }
  return { samples, isWhole: samples.length < MOST_LISTENED_SECONDS * rate }
}

/**
 * Writes some music as stereo of 16 bits without a header, at most so many seconds of it, so that it can be repeated to
 * the sample. Returns how many samples that are, and how loud.
 * @throws ClutchcutError `input/not-media` where there is no sound in it.
 */
export async function writeMusic(
  runner: FfmpegRunner,
  music: SourceFile,
  seconds: number,
  output: string,
  { signal }: { signal: AbortSignal },
): Promise<{ samples: number; loudness: Loudness }> {
  const encoding = ['-ac', '2', '-ar', String(STEM_RATE), '-c:a', 'pcm_s16le', '-f', 's16le', '-y', fileUrl(output)]
  await explained(music, () => runner.run([...soundArgs(music, seconds), ...encoding], { signal }))
  const { size } = await stat(output)
  if (size < 4) throw noSound(music)
  const graph = { graph: '[0:a]anull[all]', output: 'all' }
  return { samples: size / 4, loudness: await measureLoudness(runner, musicInput(output), graph, { signal }) }
}

/** What `writeMusic` wrote, as an input. */
export function musicInput(path: string): string[] {
  return [
    '-protocol_whitelist',
    'file',
    '-f',
    's16le',
    '-ar',
    String(STEM_RATE),
    '-ch_layout',
    'stereo',
    '-i',
    fileUrl(path),
  ]
}

async function explained<T>(music: SourceFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof FfmpegError && cause.code === 'ffmpeg/failed') throw noSound(music, cause)
    throw cause
  }
}

/** A file that is something else is no bad recording to who chose it as music. */
function notMusic(path: string): (thrown: unknown) => never {
  return (thrown) => {
    const codes: readonly string[] = ['input/not-media', 'input/unsupported', 'input/refused', 'input/empty']
    if (thrown instanceof ClutchcutError && codes.includes(thrown.code)) throw noSound({ path }, thrown)
    throw thrown
  }
}

function noSound({ path }: Pick<SourceFile, 'path'>, cause?: unknown): ClutchcutError {
  return new ClutchcutError(
    'input/not-media',
    `${basename(path)} cannot be played as music: it has no sound, or is damaged. Choose another file.`,
    { data: { path }, cause },
  )
}
