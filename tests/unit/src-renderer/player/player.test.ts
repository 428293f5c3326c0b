import { describe, expect, test, vi } from 'vitest'
import { createPlayer } from '../../../../src-renderer/player/player.ts'
import { ticksFromSeconds, ticksPerFrame } from '../../../../src-shared/domain/time.ts'

const fps = { num: 30, den: 1 }
const frame = ticksPerFrame(fps)
const s = ticksFromSeconds

/** As much of a video element as a player uses. */
class FakeVideo extends EventTarget {
  readyState = 0
  paused = true
  seeking = false
  duration = 60
  videoWidth = 320
  playbackRate = 1
  sent: number[] = []
  refusal: Error | null = null
  private now = 0
  get currentTime() {
    return this.now
  }
  set currentTime(to: number) {
    this.now = to
    this.sent.push(to)
    this.seeking = true
    this.dispatchEvent(new Event('seeking'))
  }
  private pictured: ((now: number, picture: { mediaTime: number }) => void) | null = null
  requestVideoFrameCallback = (tell: (now: number, picture: { mediaTime: number }) => void) => {
    this.pictured = tell
    return 1
  }
  cancelVideoFrameCallback = () => {}
  async play() {
    if (this.refusal !== null) throw this.refusal
    this.paused = false
    this.dispatchEvent(new Event('play'))
  }
  pause() {
    if (this.paused) return
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }
  open() {
    this.readyState = 4
    this.dispatchEvent(new Event('durationchange'))
    this.dispatchEvent(new Event('loadedmetadata'))
  }
  arrive() {
    this.seeking = false
    this.dispatchEvent(new Event('seeked'))
    if (!this.seeking) this.dispatchEvent(new Event('timeupdate'))
  }
  show(seconds: number) {
    this.pictured?.(0, { mediaTime: seconds })
  }
  playTo(seconds: number) {
    this.now = seconds
    this.dispatchEvent(new Event('timeupdate'))
  }
}

function mounted(offset = 0) {
  const video = new FakeVideo()
  const player = createPlayer(fps)
  const unmount = player.mount(video as never, () => offset)
  video.open()
  video.sent = []
  return { video, player, unmount }
}

describe('a player', () => {
  test('a held key sends the element to where it led, not through every picture', () => {
    const { video, player } = mounted()
    for (let i = 0; i < 20; i += 1) player.step(1)
    expect(video.sent).toHaveLength(1)
    expect(player.time.get()).toBe(20 * frame + Math.floor(frame / 2))
    video.arrive()
    expect(video.sent).toHaveLength(2)
    expect(video.sent[1]).toBeCloseTo(20.5 / 30, 3)
    video.arrive()
    expect(video.sent).toHaveLength(2)
    expect(Math.floor(player.time.get() / frame)).toBe(20)
  })

  test('a jump far away does not wait for the one before it', () => {
    const { video, player } = mounted()
    player.seek(s(10))
    player.seek(s(40))
    expect(video.sent).toHaveLength(2)
  })

  test('goes neither before the beginning nor behind the end', () => {
    const { video, player } = mounted()
    player.seek(s(500))
    expect(player.time.get()).toBe(s(60))
    expect(video.sent.at(-1)).toBeLessThan(60)
    video.arrive()
    player.seek(s(-3))
    expect(player.time.get()).toBe(0)
    expect(player.length.get()).toBe(s(60))
  })

  test('a span that is looped begins again at its end, and also where the recording ends with it', () => {
    const { video, player } = mounted()
    player.playSpan({ start: s(10), end: s(12) }, { loop: true })
    video.arrive()
    video.playTo(11.9)
    expect(video.sent).toHaveLength(1)
    video.playTo(12.01)
    expect(video.sent.at(-1)).toBeCloseTo(10 + 0.5 / 30, 3)
    video.arrive()

    player.playSpan({ start: s(58), end: s(60) }, { loop: true })
    video.arrive()
    video.playTo(59.97)
    video.paused = true
    video.dispatchEvent(new Event('ended'))
    expect(video.sent.at(-1)).toBeCloseTo(58 + 0.5 / 30, 3)
    expect(video.paused).toBe(false)
  })

  test('a span that is played once stops at its end', () => {
    const { video, player } = mounted()
    player.playSpan({ start: s(10), end: s(12) })
    video.arrive()
    video.playTo(12.02)
    expect(video.paused).toBe(true)
    expect(player.time.get()).toBe(s(12))
  })

  test('stopped, it stands at the picture that is seen, though the clock is ahead of it', () => {
    const { video, player } = mounted()
    player.play()
    video.playTo(9.99 / 30)
    // Rounded to milliseconds, as many containers do.
    video.show(0.3)
    video.playTo(11.5 / 30)
    player.pause()
    expect([player.edge('start'), player.edge('end')]).toEqual([9 * frame, 10 * frame])
    player.step(1)
    expect(video.sent.at(-1)).toBeCloseTo(10.5 / 30, 6)
    // What was seen before a seek says nothing of what is after it.
    video.arrive()
    expect(player.edge('start')).toBe(10 * frame)
  })

  test('what waits at its first picture begins without being sought again', () => {
    const { video, player } = mounted()
    player.seek(s(10))
    // Before it has arrived, and after.
    player.seek(s(10))
    video.arrive()
    player.playSpan({ start: s(10), end: s(12) }, { loop: true })
    expect(video.sent).toHaveLength(1)
    expect(video.paused).toBe(false)
    video.playTo(12.01)
    expect(video.sent).toHaveLength(2)
  })

  test('asks for what will be played: of a span the rest, little while it rests', () => {
    const { video, player } = mounted()
    player.seek(s(10))
    video.arrive()
    expect(player.wanted()).toBe(1)
    player.playSpan({ start: s(10), end: s(15) }, { loop: true })
    expect(player.wanted()).toBeCloseTo(5, 1)
    video.playTo(14.9)
    expect(player.wanted()).toBe(1)
    player.play()
    expect(player.wanted()).toBe(Infinity)
  })

  test('says when the browser wants a click first, and only then', async () => {
    const { video, player } = mounted()
    video.refusal = Object.assign(new Error('load'), { name: 'AbortError' })
    player.play()
    await vi.waitFor(() => expect(player.playing.get()).toBe(false), { timeout: 30_000 })
    expect(player.refused.get()).toBe(false)
    video.refusal = Object.assign(new Error('no'), { name: 'NotAllowedError' })
    player.play()
    await vi.waitFor(() => expect(player.refused.get()).toBe(true), { timeout: 30_000 })
    video.refusal = null
    player.toggle()
    expect(player.refused.get()).toBe(false)
    expect(player.playing.get()).toBe(true)
  })

  test('another track, or another encoding, goes on where the one before it was', () => {
    const { video, player, unmount } = mounted()
    player.play()
    video.playTo(30)
    unmount()
    const other = new FakeVideo()
    player.mount(other as never, () => 2)
    other.open()
    expect(other.sent[0]).toBeCloseTo(32, 1)
    expect(other.paused).toBe(false)
  })

  test('what fails before it opens keeps what was wished for, and a wish to play can be taken back', () => {
    const player = createPlayer(fps)
    player.playSpan({ start: s(5), end: s(8) }, { loop: true })
    const unmount = player.mount(new FakeVideo() as never, () => 0)
    unmount()
    const other = new FakeVideo()
    player.mount(other as never, () => 0)
    player.pause()
    other.open()
    expect(other.sent[0]).toBeCloseTo(5 + 0.5 / 30, 3)
    expect(other.paused).toBe(true)
  })
})
