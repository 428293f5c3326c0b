import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { readGreyFrames } from '../../../src-main/adapters/ffmpeg/grey-frames.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { followAction, motionColumns, motionKept } from '../../../src-main/stages/frame/follow-action.ts'
import { isWorthFollowing } from '../../../src-main/stages/frame/worth-following.ts'
import { TICKS_PER_SECOND as S } from '../../../src-shared/domain/time.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'

const demo = fileURLToPath(new URL('../../../resources/demo/openarena-match.mp4', import.meta.url))
const signal = new AbortController().signal
/** Width of an upright crop of a 16:9 picture. */
const share = (9 / 16) ** 2

async function pathOf(from: number) {
  const runner = await testRunner()
  const source = await checkSource(demo)
  const media = await probe(runner, source, { signal })
  const span = { start: from * S, end: (from + 15) * S }
  const pictures = await readGreyFrames(runner, source, media, span, { signal })
  const keys = followAction(pictures, share)
  const motion = motionColumns(pictures)
  const at = (i: number): number => {
    const time = pictures.times[i]!
    const before = keys.findLast((key) => key.at <= time) ?? keys[0]!
    const after = keys.find((key) => key.at > time) ?? before
    return after === before ? before.x : before.x + ((after.x - before.x) * (time - before.at)) / (after.at - before.at)
  }
  return {
    keys,
    worth: isWorthFollowing(pictures, keys, share),
    followed: motionKept(motion, share, at),
    middle: motionKept(motion, share, () => 0.5),
  }
}

test('in the demo recording the crop goes where the fight is, and keeps clearly more of it', async () => {
  const { worth, followed, middle } = await pathOf(36)
  expect(worth).toBe(true)
  expect(followed).toBeGreaterThan(1.25 * middle)
}, 60_000)

test('and stays in the middle where nothing is to be won', async () => {
  const { keys, followed, middle } = await pathOf(0)
  expect(keys).toHaveLength(1)
  expect(followed).toBeCloseTo(middle)
}, 60_000)
