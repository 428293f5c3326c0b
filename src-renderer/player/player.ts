import type { Rational, Ticks } from '../../src-shared/contract/time.ts'
import { TICKS_PER_SECOND, ticksPerFrame } from '../../src-shared/domain/time.ts'
import { createStore, type Store } from '../store.ts'
import { edgeOfFrame, middleOfFrame, stepFrames, toSeconds, toTicks } from './frame-times.ts'

/** What can be done with a recording that is played, on the recording's timeline. */
export interface Player {
  /** Where playing is; changes with every picture. */
  readonly time: Store<Ticks>
  readonly playing: Store<boolean>
  /** Something can be seen. */
  readonly ready: Store<boolean>
  /** The browser wants a click before it plays. */
  readonly refused: Store<boolean>
  readonly rate: Store<number>
  /** How long it is, as the browser knows it; null before that. */
  readonly length: Store<Ticks | null>
  /** The element that plays, while there is one. */
  element(): HTMLVideoElement | null
  play(): void
  pause(): void
  toggle(): void
  seek(time: Ticks): void
  /** Stops, and shows the picture `count` further on. */
  step(count: number): void
  /** Where the picture that is shown begins or ends: a clip that begins or ends with it holds it. */
  edge(end: 'start' | 'end'): Ticks
  /** Seconds that will be played from here on, as far as it is known: not behind a span, and few while it rests. */
  wanted(): number
  setRate(rate: number): void
  /** Plays from `start` and stops at `end`. */
  playSpan(span: { start: Ticks; end: Ticks }, options?: { loop?: boolean }): void
  /** For the view: the element, and what its clock is off by. Returns what ends it. */
  mount(video: HTMLVideoElement, offset: () => number): () => void
}

const NO_FPS: Rational = { num: 30, den: 1 }
/** `HTMLMediaElement.HAVE_METADATA`. */
const HAVE_METADATA = 1
/** Seconds that a seek under way may be off by for the next to wait: farther away, other data are needed at once. */
const NEAR = 2
/** Seconds before the end that a seek goes to at most: at the end itself nothing is shown. */
const BEFORE_END = 0.001
/** Ticks that what is shown lags behind the clock at most; more, and the browser did not tell of it. */
const STALE = TICKS_PER_SECOND / 4
/** Seconds that a browser rounds a time by at most. */
const SAME = 1e-5
/** Seconds ahead that are enough to begin with. */
const RESTING = 1
/** Share of a picture that its own time may be rounded by: containers count in milliseconds. */
const BEGUN = 0.25

export function createPlayer(fps: Rational | null): Player {
  const time = createStore<Ticks>(0)
  const playing = createStore(false)
  const ready = createStore(false)
  const refused = createStore(false)
  const rate = createStore(1)
  const length = createStore<Ticks | null>(null)
  const rateOfFrames = fps ?? NO_FPS
  const frameLength = ticksPerFrame(rateOfFrames)
  let video: HTMLVideoElement | null = null
  let offset = (): number => 0
  let span: { start: Ticks; end: Ticks; loop: boolean } | null = null
  /** Wished for before there was an element, or before it knew its length. */
  let wished: { time: Ticks; play: boolean } | null = null
  /** Where to go once the element has arrived where it was sent: of many wishes (a held key's), the last. */
  let pending: Ticks | null = null
  /** Where the picture begins that was shown last, since the element was sent somewhere. */
  let shown: Ticks | null = null

  const isOpen = (element: HTMLVideoElement | null): element is HTMLVideoElement =>
    element !== null && element.readyState >= HAVE_METADATA

  function go(wish: Ticks): void {
    const end = length.get()
    const to = Math.max(0, end === null ? wish : Math.min(wish, end))
    time.set(to)
    if (!isOpen(video)) wished = { time: to, play: wished?.play ?? false }
    else if (video.seeking && isNear(video, to)) pending = to
    else {
      pending = null
      send(video, to)
    }
  }

  const isNear = ({ currentTime }: HTMLVideoElement, to: Ticks): boolean =>
    Math.abs(toSeconds(to) + offset() - currentTime) < NEAR

  function send(element: HTMLVideoElement, to: Ticks): void {
    const { duration } = element
    const wanted = toSeconds(middleOfFrame(to, rateOfFrames)) + offset()
    const seconds = Number.isFinite(duration) ? Math.min(wanted, Math.max(0, duration - BEFORE_END)) : wanted
    // To the picture that is there already: decoding it once more, from the keyframe before it on, would only take time.
    if (!element.seeking && element.paused && Math.abs(element.currentTime - seconds) < SAME) return
    element.currentTime = seconds
  }

  function play(): void {
    if (!isOpen(video)) {
      wished = { time: time.get(), play: true }
      return
    }
    video.play().catch((error: unknown) => {
      playing.set(false)
      // Ended by the next pause, or by what is loaded instead, is no refusal.
      if (error instanceof Error && error.name === 'NotAllowedError') refused.set(true)
    })
  }

  function pause(): void {
    if (wished !== null) wished = { ...wished, play: false }
    video?.pause()
  }

  function follow(): void {
    if (video === null || video.seeking || pending !== null) return
    const clock = toTicks(video.currentTime - offset())
    // Stopped, the clock may be a picture ahead of what is seen.
    const seen = video.paused && shown !== null && Math.abs(shown - clock) < STALE ? shown : null
    const now = seen === null ? clock : middleOfFrame(seen + BEGUN * frameLength, rateOfFrames)
    if (span !== null && now >= span.end && !video.paused) reachEnd(span)
    else time.set(now)
  }

  function reachEnd({ start, end, loop }: { start: Ticks; end: Ticks; loop: boolean }): void {
    if (loop) {
      go(start)
      if (video?.paused === true) play()
      return
    }
    span = null
    video?.pause()
    // The clock ran on a little.
    go(end)
  }

  return {
    time,
    playing,
    ready,
    refused,
    rate,
    length,
    element: () => video,
    play() {
      span = null
      play()
    },
    pause,
    toggle() {
      if (video?.paused === false || wished?.play === true) pause()
      else play()
    },
    seek(to) {
      span = null
      go(to)
    },
    step(count) {
      span = null
      pause()
      follow()
      go(stepFrames(time.get(), count, rateOfFrames))
    },
    edge(end) {
      const edge = edgeOfFrame(time.get(), end, rateOfFrames)
      return Math.min(edge, length.get() ?? edge)
    },
    wanted() {
      if (video === null || (video.paused && wished?.play !== true)) return RESTING
      return span === null ? Number.POSITIVE_INFINITY : Math.max(RESTING, toSeconds(span.end - time.get()))
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
      pending = null
      const listening = new AbortController()
      const { signal } = listening
      const on = (name: keyof HTMLVideoElementEventMap, does: () => void): void =>
        element.addEventListener(name, does, { signal })
      on('durationchange', () => {
        const { duration } = element
        length.set(Number.isFinite(duration) ? toTicks(duration - offset()) : null)
      })
      on('loadedmetadata', () => {
        element.playbackRate = rate.get()
        const wish = wished ?? { time: time.get(), play: false }
        wished = null
        if (wish.time > 0 || offset() !== 0) go(wish.time)
        if (wish.play) play()
      })
      on('seeking', () => {
        shown = null
      })
      on('seeked', () => {
        if (pending === null) return
        const to = pending
        pending = null
        send(element, to)
      })
      on('loadeddata', () => ready.set(true))
      on('emptied', () => ready.set(false))
      on('play', () => {
        playing.set(true)
        refused.set(false)
        // Sound alone has no pictures to tell the time.
        if (element.videoWidth === 0 && element.readyState >= HAVE_METADATA) followSound()
      })
      on('pause', () => {
        playing.set(false)
        follow()
      })
      on('ended', () => {
        playing.set(false)
        if (span !== null) reachEnd(span)
      })
      on('timeupdate', follow)
      const followSound = (): void => {
        if (signal.aborted || element.paused) return
        follow()
        requestAnimationFrame(followSound)
      }
      // With every picture rather than four times a second.
      let frame = element.requestVideoFrameCallback(function next(_now, { mediaTime }) {
        if (!element.seeking) shown = toTicks(mediaTime - offset())
        follow()
        frame = element.requestVideoFrameCallback(next)
      })
      return () => {
        listening.abort()
        element.cancelVideoFrameCallback(frame)
        // Whatever plays next (another track, another encoding) goes on here.
        wished ??= { time: time.get(), play: !element.paused }
        video = null
        shown = null
        ready.set(false)
        playing.set(false)
      }
    },
  }
}
