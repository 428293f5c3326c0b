import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testTools } from '../helpers/ffmpeg.ts'

const run = promisify(execFile)
const folder = path.resolve(import.meta.dirname, '../../resources/demo')
const recording = path.join(folder, 'openarena-match.mp4')

const probeSchema = z.object({
  format: z.object({ duration: z.coerce.number(), tags: z.record(z.string(), z.string()) }),
  streams: z.array(z.looseObject({ codec_name: z.string(), profile: z.string(), width: z.int().optional() })),
})

describe('the demo recording', () => {
  it('is what a streamer records, and small', async () => {
    const { ffprobe } = await testTools()
    const { stdout } = await run(ffprobe, [
      ...['-v', 'error', '-show_entries', 'format=duration:format_tags:stream=codec_name,profile,width'],
      ...['-of', 'json', recording],
    ])
    const { format, streams } = probeSchema.parse(JSON.parse(stdout))
    expect(statSync(recording).size).toBeLessThanOrEqual(12_000_000)
    expect(format.duration).toBeCloseTo(106, 1)
    expect(format.tags).toMatchObject({ title: 'OpenArena free-for-all', creation_time: '2026-11-22T20:00:00.000000Z' })
    expect(streams.map(({ codec_name, profile, width }) => [codec_name, profile, width])).toEqual([
      ['h264', 'High', 1280],
      ['aac', 'LC', undefined],
    ])
  })

  it('has a keyframe every 2 s', async () => {
    const { ffprobe } = await testTools()
    const { stdout } = await run(ffprobe, [
      ...['-v', 'error', '-select_streams', 'v', '-skip_frame', 'nokey', '-show_entries', 'frame=pts_time'],
      ...['-of', 'csv=p=0', recording],
    ])
    const times = [...stdout.matchAll(/\d+\.\d+/g)].map(Number)
    expect(times).toEqual(Array.from({ length: 53 }, (_, index) => 2 * index))
  })

  it('can be heard', async () => {
    const { ffmpeg } = await testTools()
    const { stderr } = await run(ffmpeg, [
      ...['-hide_banner', '-nostdin', '-i', recording, '-vn', '-af', 'volumedetect', '-f', 'null', '-'],
    ])
    expect(Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1])).toBeGreaterThan(-30)
  })

  it('comes with the events of its seconds', () => {
    const labels = z
      .object({
        game: z.literal('openarena'),
        seconds: z.literal(106),
        accuracySeconds: z.number(),
        events: z.array(z.object({ t: z.number().min(0).max(106), kind: z.enum(['kill', 'death', 'award', 'other']) })),
      })
      .parse(JSON.parse(readFileSync(path.join(folder, 'labels.json'), 'utf8')))
    const count = (kind: string): number => labels.events.filter((event) => event.kind === kind).length
    expect(count('kill')).toBeGreaterThanOrEqual(10)
    expect(count('death')).toBeGreaterThanOrEqual(2)
  })
})
