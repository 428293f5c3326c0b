import { describe, expect, test } from 'vitest'
import { chooseFrame, type FrameDeps } from '../../../../../src-main/stages/stills/choose-frame.ts'
import { isDissolve, measurePicture, scorePicture } from '../../../../../src-main/stages/stills/measure-picture.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { flat, makePicture, mixed, scene } from '../../../../helpers/make-pictures.ts'

const S = TICKS_PER_SECOND
const signal = new AbortController().signal
const moment = { start: 10 * S, end: 40 * S, peak: 25 * S }
const colourful = scene(1, { colour: 90 })

function kept(pictures: Record<number, Uint8Array>): FrameDeps['pictures'] {
  const times = Object.keys(pictures)
    .map(Number)
    .sort((a, b) => a - b)
  return {
    times: times.map((seconds) => seconds * S),
    read: async (first) => pictures[times[first]!]!,
  }
}

/** Eight a second from `at(seconds)`, counting how often it was asked. */
function decoder(at: (seconds: number) => Uint8Array): NonNullable<FrameDeps['decode']> & { calls: number } {
  const decode = Object.assign(
    async (...[{ from, to, every }, onFrame]: Parameters<NonNullable<FrameDeps['decode']>>) => {
      decode.calls += 1
      // From the keyframe before.
      for (let time = from - 2 * S; time < to + S; time += every) onFrame(time, at(time / S))
    },
    { calls: 0 },
  )
  return decode
}

const choose = (deps: Partial<FrameDeps>) =>
  chooseFrame({ pictures: kept({}), cuts: [], decode: null, ...deps }, moment, { signal })

const score = (picture: Uint8Array): number => scorePicture(measurePicture(picture))

describe('what a picture looks like', () => {
  test('a sharp colourful one is better than a blurred, a grey, and a dark one of the same', () => {
    const good = score(colourful)
    expect(good).toBeGreaterThan(0.6)
    for (const worse of [scene(1, { colour: 90, blur: 12 }), scene(1), scene(1, { colour: 90, gain: 0.2 })]) {
      expect(score(worse)).toBeLessThan(0.8 * good)
    }
  })

  test('black, white, grey and nearly so are worth nothing', () => {
    for (const level of [0, 8, 16, 128, 235, 255]) expect(score(flat(level))).toBe(0)
    // A logo on black.
    expect(score(makePicture((x, y) => (x > 70 && x < 90 && y > 40 && y < 50 ? 255 : 0)))).toBeLessThan(0.05)
  })

  test("colours are Hasler's and Süsstrunk's measure of RGB", () => {
    // Left half (200, 40, 60), right half (20, 90, 220): computed from RGB by the paper's formulas.
    const yuv = (r: number, g: number, b: number) =>
      [
        0.299 * r + 0.587 * g + 0.114 * b,
        -0.168736 * r - 0.331264 * g + 0.5 * b,
        0.5 * r - 0.418688 * g - 0.081312 * b,
      ] as const
    const [left, right] = [yuv(200, 40, 60), yuv(20, 90, 220)]
    const picture = makePicture(
      (x) => (x < 80 ? left : right)[0],
      (x) => (x < 80 ? [left[1], left[2]] : [right[1], right[2]]),
    )
    const [rg, yb] = [
      [160, -70],
      [60, -165],
    ] as const
    const mean = ([a, b]: readonly [number, number]) => (a + b) / 2
    const deviation = ([a, b]: readonly [number, number]) => Math.abs(a - b) / 2
    const expected = Math.hypot(deviation(rg), deviation(yb)) + 0.3 * Math.hypot(mean(rg), mean(yb))
    expect(measurePicture(picture).colourfulness).toBeCloseTo(expected, -0.5)
    expect(measurePicture(flat(90)).colourfulness).toBe(0)
  })

  test('a dissolve and a fade are mixtures; motion, a cut and a still picture are not', () => {
    const [a, b] = [scene(1), scene(2)]
    expect(isDissolve(mixed(a, b, 0.3), mixed(a, b, 0.5), mixed(a, b, 0.7))).toBe(true)
    expect(isDissolve(scene(1, { gain: 0.9 }), scene(1, { gain: 0.6 }), scene(1, { gain: 0.3 }))).toBe(true)
    expect(isDissolve(scene(1), scene(2), scene(3))).toBe(false)
    expect(isDissolve(a, a, b)).toBe(false)
    expect(isDissolve(a, b, b)).toBe(false)
    expect(isDissolve(a, a, a)).toBe(false)
  })
})

describe('the frame of a moment', () => {
  test('is the best kept picture near the peak; then nothing is decoded', async () => {
    const decode = decoder(() => colourful)
    const pictures = kept({ 12: colourful, 23: scene(4, { blur: 12 }), 21: flat(0), 26: colourful, 60: colourful })
    expect(await choose({ pictures, decode })).toMatchObject({ time: 26 * S, from: 'kept' })
    expect(decode.calls).toBe(0)
  })

  test('is looked for among the frames around the peak where keyframes are dull or far', async () => {
    const planted = (seconds: number) => (Math.abs(seconds - 25.5) < 0.06 ? colourful : scene(3, { blur: 20 }))
    for (const pictures of [kept({ 24: scene(3, { blur: 20 }) }), kept({ 11: colourful }), kept({})]) {
      const decode = decoder(planted)
      expect(await choose({ pictures, decode })).toMatchObject({ time: 25.5 * S, from: 'decoded' })
      expect(decode.calls).toBe(1)
    }
  })

  test('is never a mixture of two, and rather not beside a cut', async () => {
    // Dissolves from one colourful scene to the other all through the window, but for half a second.
    const [a, b] = [scene(1, { colour: 90 }), scene(2, { colour: 90 })]
    const at = (seconds: number) => mixed(a, b, Math.min(1, Math.max(0, (seconds - 24) / 2)))
    const chosen = await choose({ decode: decoder(at) })
    expect(chosen!.time <= 24 * S || chosen!.time >= 26 * S).toBe(true)

    const pictures = kept({ 25: colourful, 27: colourful })
    expect(await choose({ pictures, cuts: [25.1 * S] })).toMatchObject({ time: 27 * S })
    expect(await choose({ pictures })).toMatchObject({ time: 25 * S })

    const faded = kept({ 25: scene(1, { colour: 90, gain: 0.8 }), 27: flat(0), 31: colourful })
    expect(await choose({ pictures: faded })).toMatchObject({ time: 31 * S })
  })

  test('may be none: nothing but black, outside the moment, no pictures', async () => {
    expect(await choose({ pictures: kept({ 20: flat(0), 25: flat(3) }), decode: decoder(() => flat(0)) })).toBeNull()
    expect(await choose({ pictures: kept({ 9: colourful, 40: colourful }) })).toBeNull()
    expect(await choose({})).toBeNull()
  })

  test('ends when it is told to', async () => {
    const stop = new AbortController()
    const decode = (_range: unknown, _onFrame: unknown, options: { signal: AbortSignal }) =>
      new Promise<void>((_resolve, reject) => {
        options.signal.addEventListener('abort', () => reject(options.signal.reason as Error))
        stop.abort(new Error('enough'))
      })
    const chosen = chooseFrame({ pictures: kept({ 25: flat(0) }), cuts: [], decode }, moment, { signal: stop.signal })
    await expect(chosen).rejects.toThrow('enough')
    await expect(
      chooseFrame({ pictures: kept({ 25: colourful }), cuts: [], decode: null }, moment, { signal: stop.signal }),
    ).rejects.toThrow('enough')
  })
})
