import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { joinFiles } from '../../../src-main/adapters/ffmpeg/join-files.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { readPackets } from '../../../src-main/adapters/ffmpeg/read-packets.ts'
import { secondsFromTicks, ticksFromSeconds as s } from '../../../src-shared/domain/time.ts'
import { testRunner, testTools } from '../../helpers/ffmpeg.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { splitRecording } from '../../helpers/split-recording.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-join')
const runner = await testRunner()
const { ffmpeg } = await testTools()
const { files } = await splitRecording(folder, { container: 'mp4', bFrames: 2 })
const span = { from: s(5), to: s(1) }
const output = path.join(folder, 'joined')

async function join(first: string, second: string) {
  const opened = await Promise.all(
    [first, second].map(async (file) => {
      const source = await checkSource(file)
      return { source, media: await probe(runner, source) }
    }),
  )
  return joinFiles(runner, opened, span, output, {})
}

/** The longest distance between two packets of sound, in seconds. */
async function widest(): Promise<number> {
  const { packets } = await readPackets(runner, await checkSource(output), { streams: 'a' })
  const times = packets.map(({ pts }) => secondsFromTicks(pts!))
  return Math.max(...times.slice(1).map((time, i) => time - times[i]!))
}

/** As some recorders begin a file: its sound is counted from elsewhere than its pictures. */
function later(seconds: number): string {
  const file = path.join(folder, `later ${seconds}.mp4`)
  const args = ['-v', 'error', '-y', '-i', files[1], '-map', '0', '-c', 'copy', '-bsf:a']
  execFileSync(ffmpeg, [...args, `setts=ts=PTS+round(${seconds}/TB)`, file])
  return file
}

test('sound that each file counts for itself goes on at once', async () => {
  for (const seconds of [0, 0.012, -0.012]) {
    const result = await join(files[0], seconds === 0 ? files[1] : later(seconds))
    if (result.kind !== 'joined') throw new Error(result.reason)
    // Pictures stay where they are.
    expect(secondsFromTicks(result.offsets[1]! - result.offsets[0]!)).toBeCloseTo(6, 2)
    expect(await widest()).toBeCloseTo(1024 / 48_000, 3)
  }
})

test('sound that is missing stays missing', async () => {
  expect((await join(files[0], later(0.2))).kind).toBe('joined')
  expect(await widest()).toBeCloseTo(0.2 + 1024 / 48_000, 2)
})

test('what was encoded differently is not joined, and why is said', async () => {
  const video = { width: 320, height: 180, bFrames: 0, gop: 30 }
  const other = await makeMedia(folder, { container: 'mp4', seconds: 4, video })
  expect(await join(files[0], other)).toEqual({
    kind: 'cannot',
    reason: 'The two files were encoded in different ways.',
  })
})
