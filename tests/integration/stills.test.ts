import { renameSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { openEngine, type Engine } from '../../src-main/engine.ts'
import { runSpec } from '../../src-main/cli/run-spec.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const S = TICKS_PER_SECOND
const folder = tempFolder('clutchcut-stills')
// Black, but for a test picture from 6.4 to 6.9 s (no keyframe there) and a fade to black up to 5 s.
const source =
  "testsrc2=s=640x360:r=30:d=12,fade=out:st=3:d=2:enable='lt(t,6)',drawbox=c=black:t=fill:enable='gte(t,5)*lt(t,6.4)+gte(t,6.9)'"
let engine: Engine
let file: string
let id: number

beforeAll(async () => {
  file = await makeMedia(folder, {
    container: 'mkv',
    seconds: 12,
    video: { source, gop: 60 },
    audio: [{ source: "aevalsrc='0.5*sin(660*t)*between(t,4,8)':d=12:s=48000" }],
  })
  engine = await openEngine({
    dataDir: path.join(folder, 'data'),
    host: createNodeHostServices(),
    logger: pino({ level: 'silent' }),
  })
  const spec = { kind: 'analyze', path: file, device: 'cpu', useCache: true } as const
  const outcome = await runSpec(engine, spec, new AbortController().signal)
  expect(outcome.kind).toBe('done')
  id = engine.library.recordings.byPath(file)!.id
}, 60_000)
afterAll(() => engine.close())

const size = (jpeg: string): { width: number; height: number } => {
  const bytes = Buffer.from(jpeg, 'base64')
  expect(bytes.readUInt16BE(0)).toBe(0xffd8)
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
}
const moment = (peak: number) => ({ recordingId: id, start: 4 * S, end: 11 * S, peak: peak * S, side: 320 })

describe('stills of an analysed recording', () => {
  test('the thumbnail is the planted frame, not black and not the fade; the second time it is kept', async () => {
    const thumbnail = await engine.api.stills.thumbnail(moment(6), undefined)
    expect(thumbnail.time / S).toBeGreaterThanOrEqual(6.39)
    expect(thumbnail.time / S).toBeLessThan(6.9)
    expect(size(thumbnail.jpeg)).toEqual({ width: 320, height: 180 })
    expect(thumbnail).toMatchObject({ width: 320, height: 180 })
    // A black picture of this size takes some 2 kB.
    expect(thumbnail.jpeg.length).toBeGreaterThan(8000)

    const away = `${file}.away`
    renameSync(file, away)
    try {
      expect(await engine.api.stills.thumbnail(moment(6), undefined)).toEqual(thumbnail)
      await expect(engine.api.stills.thumbnail(moment(7), undefined)).rejects.toMatchObject({ code: 'input/not-found' })
    } finally {
      renameSync(away, file)
    }
  })

  test('a filmstrip is one sheet with the times of its pictures', async () => {
    const request = { recordingId: id, from: 0, to: 12 * S, count: 6, columns: 4 }
    const strip = await engine.api.stills.filmstrip(request, undefined)
    expect(strip).toMatchObject({ columns: 4, rows: 2, tile: { width: 160, height: 90 } })
    expect(size(strip.jpeg)).toEqual({ width: 640, height: 180 })
    expect(strip.times).toHaveLength(6)
    expect(strip.times.map((time) => Math.round(time / S))).toEqual([0, 2, 4, 6, 8, 10])
    const none = engine.api.stills.filmstrip({ ...request, count: 7 }, AbortSignal.abort(new Error('enough')))
    await expect(none).rejects.toThrow('enough')
  })

  test('the waveform is the sound: silence is 0, a tone of half the scale is half of it', async () => {
    const request = { recordingId: id, track: 0, from: 0, to: 12 * S, buckets: 12 }
    const { low, high } = await engine.api.stills.waveform(request, undefined)
    for (const second of [0, 1, 2, 9, 10, 11]) expect(Math.max(low[second]!, high[second]!)).toBeLessThanOrEqual(1)
    for (const second of [4, 5, 6, 7]) {
      expect(low[second]! / 255).toBeCloseTo(0.5, 1)
      expect(high[second]! / 255).toBeCloseTo(0.5, 1)
    }
    await expect(engine.api.stills.waveform({ ...request, recordingId: 99 }, undefined)).rejects.toMatchObject({
      code: 'library/not-found',
    })
  })
})
