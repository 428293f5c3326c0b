import type { Rational, Ticks } from '../../src-shared/contract/time.ts'
import { createStore, type Store } from '../store.ts'
import { middleOfFrame, stepFrames, toSeconds, toTicks } from './frame-times.ts'

/** What can be done with a recording that is played, on the recording's timeline. */
export interface Player {
  /** Where playing is; changes with every picture. */
  readonly time: Store<Ticks>
  readonly playing: Store<boolean>
  /** Something can be seen. */
  readonly ready: Store<boolean>
  readonly rate: Store<number>
  /** The element that plays, while there is one. */
  element(): HTMLVideoElement | null
  play(): void
  pause(): void
  toggle(): void
  seek(time: Ticks): void
  /** Stops, and shows the picture `count` further on. */
  step(count: number): void
  setRate(rate: number): void
  /** Plays from `start` and stops at `end`. */
  playSpan(span: { start: Ticks; end: Ticks }, options?: { loop?: boolean }): void
  /** For the view: the element, and what its clock is off by. Returns what ends it. */
  mount(video: HTMLVideoElement, offset: () => number): () => void
}

const NO_FPS: Rational = { num: 30, den: 1 }

export function createPlayer(fps: Rational | null): Player {
  const time = createStore<Ticks>(0)
  const playing = createStore(false)
  const ready = createStore(false)
  const rate = createStore(1)
  const rateOfFrames = fps ?? NO_FPS
  let video: HTMLVideoElement | null = null
  let offset = (): number => 0
  let span: { start: Ticks; end: Ticks; loop: boolean } | null = null
  /** Wished for before there was an element, or before it knew its length. */
  let wished: { time: Ticks; play: boolean } | null = null

  function go(to: Ticks): void {
    time.set(to)
    if (video === null || video.readyState < HTMLMediaElement.HAVE_METADATA) {
      wished = { time: to, play: wished?.play ?? false }
      return
    }
    video.currentTime = toSeconds(middleOfFrame(to, rateOfFrames)) + offset()
  }

  function play(): void {
    if (video === null || video.readyState < HTMLMediaElement.HAVE_METADATA) {
      wished = { time: time.get(), play: true }
      return
    }
    // Refused where the browser wants a click first, and ended by the next pause: neither is a failure.
    video.play().catch(() => playing.set(false))
  }

  function follow(): void {
    if (video === null || video.seeking) return
    const now = toTicks(video.currentTime - offset())
    if (span !== null && now >= span.end && !video.paused) {
      if (span.loop) go(span.start)
      else {
        video.pause()
        time.set(span.end)
        span = null
      }
      return
    }
    time.set(now)
  }

  const player: Player = {
    time,
    playing,
    ready,
    rate,
    element: () => video,
    play() {
      span = null
      play()
    },
    pause: () => video?.pause(),
    toggle() {
      if (video?.paused === false) video.pause()
      else play()
    },
    seek(to) {
      span = null
      go(Math.max(0, to))
    },
    step(count) {
      span = null
      video?.pause()
      // The last picture that told its time may not be the one that is seen.
      follow()
      go(stepFrames(time.get(), count, rateOfFrames))
    },
    setRate(next) {
      rate.set(next)
      if (video !== null) video.playbackRate = next
    },
    playSpan({ start, end }, { loop = false } = {}) {
      span = { start, end, loop }
      go(start)
      play()
    },
    mount(element, offsetOf) {
      video = element
      offset = offsetOf
      const listening = new AbortController()
      const { signal } = listening
      const on = (name: keyof HTMLVideoElementEventMap, does: () => void): void =>
        element.addEventListener(name, does, { signal })
      on('loadedmetadata', () => {
        element.playbackRate = rate.get()
        const wish = wished ?? { time: time.get(), play: false }
        wished = null
        if (wish.time > 0 || offset() !== 0) go(wish.time)
        if (wish.play) play()
      })
      on('loadeddata', () => ready.set(true))
      on('emptied', () => ready.set(false))
      on('play', () => playing.set(true))
      on('pause', () => {
        follow()
        playing.set(false)
      })
      on('ended', () => playing.set(false))
      on('timeupdate', follow)
      // With every picture rather than four times a second.
      let frame = element.requestVideoFrameCallback(function next() {
        if (!element.paused) follow()
        frame = element.requestVideoFrameCallback(next)
      })
      return () => {
        listening.abort()
        element.cancelVideoFrameCallback(frame)
        wished = { time: time.get(), play: false }
        video = null
        ready.set(false)
        playing.set(false)
      }
    },
  }
  return player
}
