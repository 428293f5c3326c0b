import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Pieces, Playback } from '../../src-shared/contract/playback.ts'
import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import { testTools } from '../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../helpers/make-media.ts'
import { openMedia, type OpenedMedia } from '../helpers/open-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const run = promisify(execFile)
const folder = tempFolder('clutchcut-playback')
let opened: OpenedMedia
beforeAll(async () => {
  opened = await openMedia(path.join(folder, 'data'))
})
afterAll(() => opened.close())

async function playback(recipe: Recipe, request: { audioTrack?: number; encodeAll?: boolean } = {}) {
  const file = await makeMedia(folder, recipe)
  const { id, info } = await opened.add(file)
  const asked = { id, audioTrack: request.audioTrack ?? null, encodeAll: request.encodeAll ?? false }
  return { file, id, info, found: await opened.media.playback(asked, undefined) }
}

function proxyOf(found: Playback): Extract<Playback, { kind: 'proxy' }> {
  if (found.kind !== 'proxy') throw new Error('it plays as it is')
  return found
}

async function piece({ path: template }: Pieces, n: number): Promise<Buffer> {
  const answer = await opened.get(template.replace('{n}', String(n)))
  if (answer.status !== 200 || answer.body?.kind !== 'bytes') {
    throw new Error(
      `${answer.status} ${answer.body?.kind === 'bytes' ? Buffer.from(answer.body.bytes).toString() : ''}`,
    )
  }
  return Buffer.from(answer.body.bytes)
}

/** All pieces, asked for in the order of somebody who jumps about, as one file in their own order. */
async function joined(pieces: Pieces, name: string): Promise<string> {
  const order = Array.from({ length: pieces.count }, (_, n) => n).sort((a, b) => ((a * 7) % 5) - ((b * 7) % 5))
  const made = new Map<number, Buffer>()
  for (const n of order) made.set(n, await piece(pieces, n))
  const file = path.join(folder, name)
  writeFileSync(file, Buffer.concat(Array.from({ length: pieces.count }, (_, n) => withoutHead(made.get(n)!, n === 0))))
  return file
}

/** MediaSource takes each piece's own initialisation; ffprobe wants the first one only. */
function withoutHead(bytes: Buffer, keep: boolean): Buffer {
  if (keep) return bytes
  const ftyp = bytes.readUInt32BE(0)
  expect(bytes.toString('latin1', 4, 8)).toBe('ftyp')
  expect(bytes.toString('latin1', ftyp + 4, ftyp + 8)).toBe('moov')
  return bytes.subarray(ftyp + bytes.readUInt32BE(ftyp))
}

interface Packet {
  pts: number
  duration: number
  hash: string
  key: boolean
}

async function packets(file: string, streams: string): Promise<Packet[]> {
  const { ffprobe } = await testTools()
  const entries = 'packet=pts_time,duration_time,flags,data_hash'
  const args = ['-v', 'error', '-select_streams', streams, '-show_data_hash', 'md5', '-show_entries', entries]
  const { stdout } = await run(ffprobe, [...args, '-of', 'json', file], { maxBuffer: 1 << 28 })
  const { packets: found } = JSON.parse(stdout) as {
    packets: { pts_time: string; duration_time?: string; flags: string; data_hash: string }[]
  }
  return found
    .map((packet) => ({
      pts: Number(packet.pts_time),
      duration: Number(packet.duration_time ?? 0),
      hash: packet.data_hash,
      key: packet.flags.includes('K'),
    }))
    .sort((a, b) => a.pts - b.pts)
}

async function pcm(file: string, track = 0): Promise<Int16Array> {
  const { ffmpeg } = await testTools()
  const args = ['-v', 'error', '-i', file, '-map', `0:a:${track}`, '-ac', '2', '-ar', '48000', '-f', 's16le', '-']
  const { stdout } = await run(ffmpeg, args, { encoding: 'buffer', maxBuffer: 1 << 28 })
  return new Int16Array(stdout.buffer, stdout.byteOffset, stdout.byteLength / 2)
}

const gaps = (found: Packet[]): number[] => found.slice(1).map(({ pts }, i) => pts - found[i]!.pts)

describe('what Chromium plays', () => {
  test('an H.264 MP4 is played as it is', async () => {
    const { found, id } = await playback({ seconds: 2 })
    expect(found).toMatchObject({ kind: 'direct', path: `/media/recording/${id}`, durationSeconds: 2 })
  })
})

describe('pieces of a proxy', () => {
  const hevc: Recipe = {
    container: 'mkv',
    seconds: 21,
    video: { codec: 'hevc', width: 320, height: 180, gop: 75 },
    audio: [{ channels: 2 }],
    extra: ['-c:a:0', 'ac3'],
  }

  test('HEVC with AC-3 in MKV: every picture once, evenly; the sound is the sound, to the sample', async () => {
    const { file, found, info } = await playback(hevc)
    const { video, audio, why, timestampOffsetSeconds } = proxyOf(found)
    expect(why).toEqual(['container', 'video-codec'])
    expect(video).toMatchObject({ seconds: 4, bounds: 'exact', count: 6 })
    const pictures = await packets(await joined(video!, 'hevc.mp4'), 'v:0')
    expect(pictures).toHaveLength(630)
    expect(pictures[0]!.pts + timestampOffsetSeconds).toBeCloseTo(0, 4)
    // Matroska's clock ticks in milliseconds.
    for (const gap of gaps(pictures)) expect(Math.abs(gap - 1 / 30)).toBeLessThan(0.0015)
    for (const n of [0, 120, 240, 360, 480, 600]) expect(pictures[n]!.key).toBe(true)

    const sound = await joined(audio!, 'ac3.mp4')
    const frames = await packets(sound, 'a:0')
    expect(frames[0]!.pts + timestampOffsetSeconds).toBeCloseTo(0, 6)
    for (const gap of gaps(frames)) expect(gap).toBeCloseTo(2400 / 48_000, 6)
    const [made, source] = [await pcm(sound), await pcm(file)]
    // The source's first sample lies where its track begins, before or after the first picture.
    const shift = 2 * Math.round(secondsFromTicks(info.audio[0]!.start) * 48_000)
    let worst = 0
    for (let i = 48_000; i < made.length - 48_000; i++) {
      worst = Math.max(worst, Math.abs(made[i]! - source[i - shift]!))
    }
    expect(worst).toBeLessThanOrEqual(2)
  })

  test.each<[string, Recipe]>([
    ['MKV', { container: 'mkv', seconds: 15, video: { gop: 75, bFrames: 2 }, audio: [] }],
    ['MKV with 8 s between keyframes', { container: 'mkv', seconds: 25, video: { gop: 250, bFrames: 2 }, audio: [] }],
    ['TS', { container: 'ts', seconds: 15, video: { gop: 75, bFrames: 2 }, audio: [{}] }],
    ['FLV', { container: 'flv', seconds: 15, video: { gop: 75, bFrames: 0 }, audio: [{}] }],
    ['MKV that begins late', { container: 'mkv', seconds: 15, video: { gop: 60 }, audio: [{}], offset: 3.5 }],
  ])('H.264 in %s is copied: every packet once, at its time', async (_name, recipe) => {
    const { file, found, info } = await playback(recipe)
    const { video, timestampOffsetSeconds } = proxyOf(found)
    expect(video).toMatchObject({ seconds: 6, bounds: 'keyframes' })
    const made = await packets(await joined(video!, 'copied.mp4'), 'v:0')
    const source = await packets(file, 'v:0')
    expect(made).toHaveLength(source.length)
    const origin = secondsFromTicks(info.origin)
    for (const [i, { pts }] of source.entries()) {
      expect(Math.abs(made[i]!.pts + timestampOffsetSeconds - (pts - origin))).toBeLessThan(0.001)
    }
    // TS and FLV keep packets in another form than MP4.
    if (recipe.container === 'mkv') expect(made.map(({ hash }) => hash)).toEqual(source.map(({ hash }) => hash))
  })

  test('AVI, and what a browser refused, are encoded', async () => {
    const avi = await playback({ container: 'avi', seconds: 9, video: { gop: 60, bFrames: 0 } })
    const pictures = await packets(await joined(proxyOf(avi.found).video!, 'avi.mp4'), 'v:0')
    expect(pictures).toHaveLength(270)
    // An AVI keeps no times of pictures, and FFmpeg shows its first one a frame early.
    for (const gap of gaps(pictures).slice(1)) expect(Math.abs(gap - 1 / 30)).toBeLessThan(0.001)
    const refused = await playback({ seconds: 2 }, { encodeAll: true })
    expect(proxyOf(refused.found)).toMatchObject({ why: ['refused'], video: { bounds: 'exact' } })
  })

  test('another audio track: the picture stays as it is', async () => {
    const { found, file, info } = await playback({ seconds: 6, audio: [{}, { tone: 900 }] }, { audioTrack: 1 })
    const { why, video, audio } = proxyOf(found)
    expect(why).toEqual(['audio-track'])
    expect(video?.bounds).toBe('keyframes')
    const [made, source] = [await pcm(await joined(audio!, 'track.mp4')), await pcm(file, 1)]
    expect(info.audio).toHaveLength(2)
    let worst = 0
    for (let i = 9600; i < 2 * 48_000 * 5; i++) worst = Math.max(worst, Math.abs(made[i]! - source[i]!))
    expect(worst).toBeLessThanOrEqual(2)
  })

  test('two who want the same are served by one FFmpeg; it goes with the last of them', async () => {
    const { found } = await playback({ ...hevc, seconds: 24 })
    const { video } = proxyOf(found)
    // An FFmpeg of before may end later: it is not counted.
    const runs = (kind: 'started' | 'ended'): number => {
      const pids = opened.events.filter((event) => event.kind === 'started').map(({ pid }) => pid)
      return opened.events.filter((event) => event.kind === kind && pids.includes(event.pid)).length
    }
    // The first one looks for an encoder that works here.
    await piece(video!, 5)
    opened.events.length = 0
    // Which of three requests comes first, nobody knows: the third follows once the run for the others is there.
    const first = [piece(video!, 2), piece(video!, 2)]
    await expect.poll(() => runs('started')).toBe(1)
    const both = await Promise.all([...first, piece(video!, 3)])
    expect(both[0].equals(both[1]!)).toBe(true)
    expect(runs('started')).toBe(1)
    // Kept: nothing is started for it.
    await piece(video!, 2)
    expect(runs('started')).toBe(1)

    const leaving = new AbortController()
    opened.onEvent = ({ kind }) => kind === 'started' && leaving.abort()
    const answer = opened.get(video!.path.replace('{n}', '0'), {}, leaving.signal)
    expect((await answer).status).toBe(499)
    await expect.poll(() => runs('ended')).toBe(2)
  })
})

describe('addresses', () => {
  test.each(['/media/recording/999', '/media/recording/x', '/media/recording/..%2f1', '/media/video/1', '/media/'])(
    '%s: there is nothing',
    async (address) => expect((await opened.get(address)).status).toBe(404),
  )
  test('a piece beyond the end, a track that is not there', async () => {
    const { id } = await playback({ container: 'mkv', seconds: 2 })
    expect((await opened.get(`/media/video/${id}/1`)).status).toBe(404)
    expect((await opened.get(`/media/sound/${id}/5/0`)).status).toBe(422)
    await expect(opened.media.playback({ id, audioTrack: 4, encodeAll: false }, undefined)).rejects.toMatchObject({
      code: 'usage',
    })
  })
})
