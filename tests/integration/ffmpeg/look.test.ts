import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { look } from '../../../src-main/adapters/ffmpeg/look.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-look')
const size = { width: 64, height: 36, count: 12 }
const signal = new AbortController().signal
let runner: FfmpegRunner
let processes = 0
beforeAll(async () => {
  runner = await testRunner({ onEvent: ({ kind }) => void (processes += kind === 'started' ? 1 : 0) })
})

/** Grows lighter from black to white over the whole recording, with a white field in the upper left. */
const ramp = (seconds: number, width = 160, height = 90): string =>
  `color=black:s=${width}x${height}:r=30:d=${seconds},geq=lum='if(lt(X,W/4)*lt(Y,H/4),235,16+200*T/${seconds})':cb=128:cr=128`

async function seen(recipe: Recipe, name?: string, options = { signal }): Promise<Uint8Array[]> {
  return seenIn(await makeMedia(folder, recipe, name), options)
}

async function seenIn(file: string, options = { signal }): Promise<Uint8Array[]> {
  const source = await checkSource(file)
  const media = await probe(runner, source, { signal })
  processes = 0
  return look(runner, source, media, media.duration ?? 0, size, options)
}

const lightAt = (picture: Uint8Array, x: number, y: number): number => picture[y * size.width + x]!

describe('look', () => {
  test.each(['mkv', 'mp4', 'flv', 'ts', 'avi'] as const)(
    'sees moments of all of a %s, by seeking',
    async (container) => {
      const video = { source: ramp(26), gop: 30, codec: 'h264' as const }
      const pictures = await seen({ container, seconds: 26, video, audio: [] })
      expect(pictures).toHaveLength(12)
      expect(processes).toBe(2)
      for (const picture of pictures) expect(picture).toHaveLength(64 * 36)
      const lights = pictures.map((picture) => lightAt(picture, 50, 30))
      expect(lights).toEqual(lights.toSorted((a, b) => a - b))
      expect(lights.at(-1)! - lights[0]!).toBeGreaterThan(150)
    },
  )

  test('decodes a short recording that has hardly a keyframe', async () => {
    const pictures = await seen({ container: 'mp4', seconds: 6, video: { source: ramp(6), gop: 600 }, audio: [] })
    expect(pictures.length).toBeGreaterThanOrEqual(11)
    const lights = pictures.map((picture) => lightAt(picture, 50, 30))
    expect(lights.at(-1)! - lights[0]!).toBeGreaterThan(150)
  })

  test('sees the picture as it is shown', async () => {
    const video = { source: ramp(6), gop: 15, rotation: 90 as const }
    const pictures = await seen({ container: 'mp4', seconds: 6, video, audio: [] })
    // The upper left went to the upper right.
    expect(lightAt(pictures[1]!, 2, 2)).toBeLessThan(120)
    expect(lightAt(pictures[1]!, 61, 2)).toBeGreaterThan(200)
  })

  test('sees what can be seen of a damaged recording', async () => {
    const video = { source: ramp(26), gop: 30 }
    const file = await makeMedia(folder, { container: 'mkv', seconds: 26, video, audio: [] }, 'damaged.mkv')
    const bytes = readFileSync(file)
    // A third of it, in the middle.
    bytes.fill(0x5a, Math.round(bytes.length / 3), Math.round((bytes.length * 2) / 3))
    writeFileSync(file, bytes)
    const pictures = await seenIn(file)
    expect(pictures.length).toBeGreaterThanOrEqual(6)
    expect(lightAt(pictures.at(-1)!, 50, 30) - lightAt(pictures[0]!, 50, 30)).toBeGreaterThan(150)
  })

  test('sees nothing where there is no picture', async () => {
    expect(await seen({ container: 'mp3', seconds: 2, video: null, audio: [{ codec: 'mp3' }] })).toEqual([])
  })

  test('ends when it is told to', async () => {
    const aborted = AbortSignal.abort(new Error('enough'))
    await expect(seen({ container: 'mkv', seconds: 2 }, 'cancelled.mkv', { signal: aborted })).rejects.toThrow('enough')
    const during = new AbortController()
    const running = seen({ container: 'mkv', seconds: 2 }, 'cancelled-too.mkv', { signal: during.signal })
    setTimeout(() => during.abort(new Error('now')), 250)
    await running.catch((thrown: unknown) => expect(thrown).toMatchObject({ message: 'now' }))
  })
})
