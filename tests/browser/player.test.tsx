import { afterEach, describe, expect, it } from 'vitest'
import { createPlayer, type Player } from '../../src-renderer/player/player.ts'
import type { Rational } from '../../src-shared/contract/time.ts'
import { ticksFromSeconds, ticksPerFrame } from '../../src-shared/domain/time.ts'

// Each picture of these files holds its number: eight stripes, a bright one for each bit that is set.
const files = import.meta.glob<string>('../fixtures/frames/*', { eager: true, query: '?url', import: 'default' })

let unmount = (): void => {}
afterEach(() => unmount())

async function open(name: string, fps: Rational): Promise<{ video: HTMLVideoElement; player: Player }> {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  video.width = 64
  document.body.replaceChildren(video)
  const player = createPlayer(fps)
  unmount = player.mount(video, () => 0)
  video.src = files[`../fixtures/frames/${name}`] ?? ''
  await expect.poll(() => player.ready.get()).toBe(true)
  return { video, player }
}

/** The number of the picture that is seen. */
function numberIn(video: HTMLVideoElement): number {
  const canvas = new OffscreenCanvas(64, 16)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(video, 0, 0, 64, 16)
  const { data = [] } = context?.getImageData(0, 8, 64, 1) ?? {}
  return Array.from({ length: 8 }, (_, bit) => ((data[(bit * 8 + 4) * 4] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
    (a, b) => a + b,
  )
}

describe.each([
  { name: '23.976.mp4', fps: { num: 24_000, den: 1001 } },
  { name: '29.97.mp4', fps: { num: 30_000, den: 1001 } },
  { name: '59.94.mp4', fps: { num: 60_000, den: 1001 } },
  // Its times are rounded to milliseconds.
  { name: '29.97.webm', fps: { num: 30_000, den: 1001 } },
])('pictures of $name', ({ name, fps }) => {
  const frame = ticksPerFrame(fps)

  it('are stepped one by one, forth and back', async () => {
    const { video, player } = await open(name, fps)
    for (let n = 1; n <= 30; n += 1) {
      player.step(1)
      await expect.poll(() => [video.seeking, numberIn(video)]).toEqual([false, n])
    }
    for (const [by, n] of [
      [-1, 29],
      [-1, 28],
      [-10, 18],
      [1, 19],
    ] as const) {
      player.step(by)
      await expect.poll(() => [video.seeking, numberIn(video)]).toEqual([false, n])
      expect([player.edge('start'), player.edge('end')]).toEqual([n * frame, (n + 1) * frame])
    }
  })

  it('are met where a time leads, and stepped from where playing was stopped', async () => {
    const { video, player } = await open(name, fps)
    player.seek(21 * frame)
    await expect.poll(() => [video.seeking, numberIn(video)]).toEqual([false, 21])
    player.play()
    await expect.poll(() => player.time.get()).toBeGreaterThan(25 * frame)
    player.pause()
    // What is seen comes to rest before the key of the next step.
    await expect.poll(() => player.edge('start') - numberIn(video) * frame).toBe(0)
    const seen = player.edge('start') / frame
    player.step(-2)
    await expect.poll(() => [video.seeking, numberIn(video)]).toEqual([false, seen - 2])
  })
})

describe('a span', () => {
  it('is played once, up to the picture that its end lies in', async () => {
    const { video, player } = await open('29.97.mp4', { num: 30_000, den: 1001 })
    player.playSpan({ start: 0, end: ticksFromSeconds(0.5) })
    await expect.poll(() => [video.paused, video.seeking, numberIn(video)]).toEqual([true, false, 14])
    expect(player.playing.get()).toBe(false)
  })
})
