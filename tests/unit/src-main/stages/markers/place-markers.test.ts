import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chapterMarkers } from '../../../../../src-main/stages/markers/chapter-markers.ts'
import {
  assertMarkersPlaceable,
  placeMarkers,
  type PlaceMarkersInput,
} from '../../../../../src-main/stages/markers/place-markers.ts'
import type { FoundMarker } from '../../../../../src-shared/domain/markers.ts'

const at = Date.UTC(2026, 10, 22, 20, 15) / 1000
const unknown = { absolute: null, wall: null, zone: () => 3600 }
const key = (time: number, more: Partial<FoundMarker> = {}): FoundMarker => ({
  ...{ time, end: null, kind: 'hotkey', label: '' },
  ...more,
})
const place = (input: Partial<PlaceMarkersInput> & { markers: FoundMarker[] }) => {
  const { markers, ...rest } = input
  const file = { clock: { kind: 'offset' as const, startedAt: null }, groups: [], ...input.file, markers }
  const { markers: placed, ...how } = placeMarkers({
    ...{ start: unknown, offset: null, name: 'match', duration: 1000, sure: true },
    ...rest,
    file,
  })
  return { ...how, starts: placed.map(({ start }) => start), placed }
}

describe('markers on the clock of the recording', () => {
  it('lie where they say, and move by hand', () => {
    expect(place({ markers: [key(90), key(10)] })).toMatchObject({ starts: [10, 90], by: 'own', ambiguous: false })
    expect(place({ markers: [key(90), key(10)], offset: -20 })).toMatchObject({ starts: [70], by: 'hand' })
    expect(place({ markers: [key(90)], offset: 910.5 })).toMatchObject({ starts: [], by: 'hand' })
  })
  it('lie where the clocks say, if both say when they began', () => {
    const file = { clock: { kind: 'offset' as const, startedAt: at - 300 }, groups: [], markers: [] }
    const markers = [key(310), key(250)]
    expect(place({ file, markers, start: { ...unknown, absolute: at } })).toMatchObject({ starts: [10], by: 'clock' })
    expect(place({ file, markers, start: { ...unknown, wall: at + 3600 } })).toMatchObject({
      starts: [10],
      by: 'clock',
    })
    expect(place({ file, markers })).toMatchObject({ starts: [250, 310], by: 'own' })
  })
})

describe('markers with times of day', () => {
  const wall = { clock: { kind: 'wall' as const }, groups: [], markers: [] }
  const absolute = { clock: { kind: 'absolute' as const }, groups: [], markers: [] }
  it('lie where the clocks say', () => {
    const markers = [key(at + 60)]
    expect(place({ file: wall, markers, start: { ...unknown, wall: at } })).toMatchObject({ starts: [60], by: 'clock' })
    expect(place({ file: wall, markers, start: { ...unknown, absolute: at - 3600 } })).toMatchObject({ starts: [60] })
    expect(place({ file: absolute, markers, start: { ...unknown, wall: at + 3600 } })).toMatchObject({ starts: [60] })
    expect(place({ file: absolute, markers, start: { ...unknown, absolute: at }, offset: 5 })).toMatchObject({
      starts: [65],
      by: 'hand',
    })
  })
  it('need somebody to say when the recording began, if nothing does', () => {
    expect(() => assertMarkersPlaceable({ kind: 'wall' }, unknown, null)).toThrow('--markers-offset')
    assertMarkersPlaceable({ kind: 'wall' }, unknown, 0)
    assertMarkersPlaceable({ kind: 'absolute' }, { ...unknown, wall: at }, null)
    assertMarkersPlaceable({ kind: 'offset', startedAt: null }, unknown, null)
    expect(place({ file: wall, markers: [key(at + 60), key(at)], offset: 30 }).starts).toEqual([30, 90])
  })
})

describe('a file of several recordings', () => {
  const markers = [key(10, { group: 0 }), key(20, { group: 1 }), key(30, { group: 1 })]
  const groups = (...pairs: [number | null, string | null][]) => ({
    clock: { kind: 'offset' as const, startedAt: null },
    groups: pairs.map(([startedAt, file]) => ({ startedAt, file })),
    markers: [],
  })
  it('gives those of the same name, else of the same beginning', () => {
    expect(place({ file: groups([null, 'a.mkv'], [null, 'C:\\v\\Match.mp4']), markers }).starts).toEqual([20, 30])
    const began = groups([at - 9000, null], [at + 3, null])
    expect(place({ file: began, markers, start: { ...unknown, wall: at } }).starts).toEqual([20, 30])
    expect(place({ file: began, markers, start: { ...unknown, wall: at + 500 } })).toMatchObject({ ambiguous: true })
    expect(place({ file: began, markers })).toMatchObject({ ambiguous: true, starts: [] })
  })
  it('that is only one is taken by hand, and by name if it names none', () => {
    const one = markers.slice(0, 1)
    expect(place({ file: groups([null, 'other.mkv']), markers: one }).starts).toEqual([10])
    expect(place({ file: groups([null, 'other.mkv']), markers: one, sure: false }).ambiguous).toBe(true)
    expect(place({ file: groups([at, null]), markers: one, sure: false }).starts).toEqual([10])
  })
})

it('placed markers lie within the recording, in order, and long spans count less', () => {
  const marker = fc.record({
    time: fc.integer({ min: 0, max: 2_000_000 }).map((ms) => ms / 1000),
    length: fc.option(fc.integer({ min: 1, max: 900_000 }).map((ms) => ms / 1000)),
  })
  fc.assert(
    fc.property(fc.array(marker, { maxLength: 20 }), fc.integer({ min: -2000, max: 2000 }), (all, offset) => {
      const markers = all.map(({ time, length }) => key(time, { end: length === null ? null : time + length }))
      const { placed } = place({ markers, offset })
      let before = 0
      for (const { start, end, weight } of placed) {
        expect(start).toBeGreaterThanOrEqual(before)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(1000)
        expect(weight).toBeGreaterThanOrEqual(0)
        before = start
      }
      const inside = markers.filter(({ time, end }) => (end ?? time) + offset >= 0 && time + offset <= 1000)
      expect(placed.length).toBeLessThanOrEqual(inside.length)
    }),
  )
  const weights = [10, 60, 180, 300, 900].map(
    (length) => place({ markers: [key(0, { end: length })] }).placed[0]!.weight,
  )
  expect(weights).toEqual([1, 1, 0.5, 0, 0])
})

describe('chapters', () => {
  const weights = (...chapters: [number, string][]): number[] =>
    chapterMarkers(
      chapters.map(([start, title]) => ({ start, title })),
      3600,
    ).map(({ weight }) => weight)

  it("are key presses where OBS set them: none at the start, or its own 'Start', or one that is not counted", () => {
    expect(weights([0, 'Start'], [70, 'Unnamed 1'], [900, 'Boss'])).toEqual([0, 1, 1])
    expect(weights([0, 'Anfang'], [70, 'Unbenannt 1'], [900, 'Unbenannt 2'])).toEqual([0, 1, 1])
    expect(weights([70, 'Chapter 1'], [900, ''], [950, '00:15:50'])).toEqual([1, 1, 1])
  })
  it('are none where they are evenly spaced', () => {
    expect(weights([0, 'Chapter 1'], [600, 'Chapter 2'], [1200, 'Chapter 3'], [1800.9, 'Chapter 4'])).toEqual([
      0, 0, 0, 0,
    ])
    expect(weights([300, ''], [600, ''], [900, ''])).toEqual([0, 0, 0])
    expect(weights([300, ''], [600, ''], [930, ''])).toEqual([1, 1, 1])
  })
  it('are weak hints where they divide the recording by topic, and none without names', () => {
    expect(weights([0, 'Intro'], [312, 'The boss'], [1931, 'Questions'])).toEqual([0, 0.1, 0.1])
    expect(weights([0, 'Chapter 1'], [312, 'Chapter 2'], [1931, 'Chapter 3'])).toEqual([0, 0, 0])
    expect(weights([0, '00:00:00.000'], [312, '00:05:12.000'])).toEqual([0, 0])
  })
  it('outside of the recording are left out, and names that are none are not shown', () => {
    const found = chapterMarkers(
      [
        { start: -30, title: 'before' },
        { start: 70, title: 'Unnamed 1' },
        { start: 75, title: ' Ace\n!' },
        { start: 4000, title: 'after' },
      ],
      3600,
    )
    expect(found.map(({ start, label, kind }) => [start, label, kind])).toEqual([
      [70, '', 'chapter'],
      [75, 'Ace !', 'chapter'],
    ])
    expect(chapterMarkers([], 10)).toEqual([])
  })
})
