import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { readCutIndex } from '../../../src-main/adapters/ffmpeg/cut-index.ts'
import { findDamage } from '../../../src-main/adapters/ffmpeg/find-damage.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { readMp4 } from '../../../src-main/adapters/ffmpeg/read-mp4.ts'
import { ticksFromSeconds as s } from '../../../src-shared/domain/time.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-damage')
const runner = await testRunner()

async function damageIn(file: string, start: number, end: number): Promise<string | null> {
  const source = await checkSource(file)
  const media = await probe(runner, source)
  const span = { start: s(start), end: s(end) }
  const index = await readCutIndex(runner, source, media, span)
  return findDamage(runner, source, media, span, { index })
}

test('says which part of a recording is damaged, and of a sound one nothing', async () => {
  const whole = await makeMedia(folder, { seconds: 6, video: { gop: 30 } })
  const file = path.join(folder, 'my match.mp4')
  const bytes = readFileSync(whole)
  const { streams } = await readMp4(whole)
  // The pictures from 2 to 3 s, in the order in which they are decoded.
  for (const { offset, size } of streams.find(({ type }) => type === 'video')!.stored.slice(60, 90)) {
    bytes.fill(0, offset, offset + size)
  }
  writeFileSync(file, bytes)
  expect(await damageIn(file, 1, 4)).toMatch(
    /^my match\.mp4 is damaged between 0:0[12] and 0:0[34]: some of its pictures cannot be read\. Leave that part out/,
  )
  expect(await damageIn(file, 4, 5)).toBeNull()
  expect(await damageIn(whole, 1, 4)).toBeNull()
})

test('says where a recording has sound, and no picture', async () => {
  const file = await makeMedia(folder, { seconds: 3, video: { gop: 30, frames: 45 } })
  expect(await damageIn(file, 2, 2.9)).toMatch(/ has no picture between 0:02 and 0:03\. Let the clip begin and end/)
  expect(await damageIn(file, 0.5, 2.9)).toBeNull()
})
