import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeMarkers } from '../../../../../src-main/stages/markers/describe-markers.ts'
import { evidenceOf, markerCurve, marksOf } from '../../../../../src-main/stages/markers/mark-moments.ts'
import { weighMarkers } from '../../../../../src-main/stages/markers/weigh-markers.ts'
import { selectSegments } from '../../../../../src-main/stages/select/select-segments.ts'
import { markerKinds, type Marker, type MarkerKind } from '../../../../../src-shared/contract/markers.ts'
import type { Segment } from '../../../../../src-shared/contract/segment.ts'
import { markerKindSpecs, steamEventWeights, topicWeight } from '../../../../../src-shared/domain/markers.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { seeded } from '../../../../helpers/make-chat.ts'
import { bump, makeSignals, sumOf } from '../../../../helpers/make-signals.ts'

const marker = (kind: MarkerKind, start: number, more: Partial<Marker> = {}): Marker => ({
  ...{ start, end: start, kind, label: '', weight: markerKindSpecs[kind].weight },
  ...more,
})
const flat = (seconds: number, p = 0.05): number[] => Array.from({ length: seconds * 2 }, () => p)

interface Scene {
  seconds?: number
  p?: number
  scores?: number[]
  signals?: ReturnType<typeof makeSignals>
  top?: number | null
}
function select(
  markers: readonly Marker[],
  { seconds = 900, p = 0.05, scores, signals, top = null }: Scene = {},
): Segment[] {
  const slots = seconds * 2
  const marks = marksOf(markers, slots)
  const known = signals ?? makeSignals(slots, [{ id: 'audio.rms', track: 0, z: (i) => 0.3 * Math.sin(i) }])
  return selectSegments({
    scores: { values: weighMarkers(scores ?? flat(seconds, p), marks) },
    signals: { ...known, curves: [...known.curves, markerCurve(marks, slots)] },
    marks,
    roles: ['game'],
    duration: ticksFromSeconds(seconds),
    cuts: [],
    top,
  })
}
const seconds = ({ start, end, peak }: Segment): number[] => [start, end, peak].map(secondsFromTicks)

describe('a recording without markers', () => {
  it('loses nothing: the very same scores and segments', () => {
    const scores = Array.from({ length: 1800 }, (_, i) => 0.05 + sumOf(bump(400, 0.6), bump(1200, 0.3))(i))
    expect(weighMarkers(scores, [])).toEqual(scores)
    const signals = makeSignals(1800, [{ id: 'audio.rms', track: 0, unit: 'dB', z: bump(400, 5, 12) }])
    const plain = {
      scores: { values: scores },
      signals,
      roles: ['game' as const],
      duration: ticksFromSeconds(900),
      cuts: [],
      top: null,
    }
    expect(JSON.stringify(select([], { scores, signals }))).toBe(JSON.stringify(selectSegments(plain)))
    // Markers that count nothing are only there to be shown.
    const shown = [marker('chapter', 200, { weight: 0 }), marker('steam-event', 300, { weight: 0 })]
    expect(JSON.stringify(select(shown, { scores, signals }))).toBe(JSON.stringify(selectSegments(plain)))
  })
})

describe('decisions about marked moments', () => {
  const lines = (segments: readonly Segment[]): string[] =>
    segments.map((segment) => {
      const [start, end, peak] = seconds(segment).map((value) => value.toFixed(2))
      const reasons = segment.reasons.map(({ weight, text }) => `${weight.toFixed(2)} ${text}`).join('; ')
      return `${segment.selected ? '*' : ' '} ${start} to ${end}, peak ${peak}, score ${segment.score.toFixed(2)}: ${reasons}`
    })
  it('one marker of each kind, where nothing else happens', () => {
    const all = markerKinds.map((kind, i) => marker(kind, 100 + 90 * i, { label: `nr ${i + 1}` }))
    expect(lines(select(all)).toSorted()).toMatchInlineSnapshot(`
      [
        "  451.50 to 465.50, peak 459.75, score 0.37: 1.00 Steam noted: nr 5",
        "  543.50 to 555.50, peak 549.75, score 0.66: 1.00 Steam noted an achievement: nr 6",
        "  633.50 to 645.50, peak 639.75, score 0.37: 1.00 You took a screenshot here",
        "* 171.00 to 193.50, peak 182.75, score 0.96: 1.00 Your chapter marker: nr 2",
        "* 261.00 to 283.50, peak 272.75, score 0.96: 1.00 Stream marker: nr 3",
        "* 351.00 to 373.50, peak 362.75, score 0.96: 1.00 You set a marker in Steam here: nr 4",
        "* 722.00 to 736.00, peak 729.75, score 0.96: 1.00 Your marker in the editor: nr 8",
        "* 81.00 to 103.50, peak 92.75, score 0.96: 1.00 You pressed the marker key here: nr 1",
        "* 813.00 to 826.00, peak 819.75, score 0.96: 1.00 Your label: nr 9",
      ]
    `)
  })
  it('the more a marker weighs, the higher it stands', () => {
    const steam = [...steamEventWeights.values()].map((weight, i) => marker('steam-event', 100 + 200 * i, { weight }))
    expect(lines(select([...steam, marker('chapter', 800, { weight: topicWeight, label: 'The boss' })])))
      .toMatchInlineSnapshot(`
        [
          "* 493.00 to 506.00, peak 499.75, score 0.90: 1.00 Steam noted a moment here",
          "* 293.50 to 305.50, peak 299.75, score 0.66: 1.00 Steam noted a moment here",
          "  781.50 to 803.00, peak 792.75, score 0.09: 0.99 Your chapter marker: The boss",
        ]
      `)
  })
  it('a span, a long one, and one that says nothing', () => {
    const span = (start: number, end: number, weight: number): Marker => marker('label', start, { end, weight })
    expect(lines(select([span(100, 115, 1), span(300, 380, 0.917), span(500, 860, 0)]))).toMatchInlineSnapshot(`
      [
        "* 96.00 to 118.00, peak 107.25, score 0.96: 1.00 You labelled this moment",
        "* 309.75 to 354.75, peak 339.75, score 0.93: 1.00 You labelled this moment",
      ]
    `)
  })
  it('markers near each other are one moment', () => {
    const keys = [500, 506, 515].map((at, i) => marker('hotkey', at, { label: ['ace', '', 'ace'][i]! }))
    expect(lines(select([...keys, marker('steam-event', 498, { label: 'Kill', weight: 0.85 })])))
      .toMatchInlineSnapshot(`
        [
          "* 481.00 to 518.50, peak 497.75, score 0.99: 0.54 You pressed the marker key 3 times here: ace; 0.46 Steam noted a kill: Kill",
        ]
      `)
  })
  it('before a moment that sounds: the clip is about that moment', () => {
    const signals = makeSignals(1800, [{ id: 'audio.rms', track: 0, unit: 'dB', z: bump(976, 6, 10) }])
    const scores = flat(900).map((p, i) => p + bump(976, 0.5, 10)(i))
    expect(lines(select([marker('hotkey', 500)], { scores, signals }))).toMatchInlineSnapshot(`
      [
        "* 480.50 to 503.50, peak 488.75, score 1.00: 0.76 You pressed the marker key here; 0.24 Loud moment, 60 dB over the 6 minutes around it",
      ]
    `)
  })
})

describe('a moment that a person marked', () => {
  it('is near the top where the scorer sees nothing, and even where it is sure that nothing happened', () => {
    for (const p of [0.085, 0.02, 1e-3, 1e-6, 0]) {
      const scores = flat(900, p).map((value, i) => Math.max(value, bump(400, 0.95, 10)(i), bump(1500, 0.5, 10)(i)))
      const [first, second] = select([marker('hotkey', 500)], { scores })
      const marked = [first!, second!].find(({ reasons }) => reasons[0]!.signal === 'marker.hotkey')
      expect(marked?.selected).toBe(true)
      expect(marked!.score).toBeGreaterThan(0.8)
    }
  })
  it('is selected however many there are; what a game noted is not', () => {
    const times = Array.from({ length: 12 }, (_, i) => 120 + 60 * i)
    expect(select(times.map((at) => marker('hotkey', at))).filter(({ selected }) => selected)).toHaveLength(12)
    expect(select(times.map((at) => marker('steam-event', at))).filter(({ selected }) => selected)).toHaveLength(3)
    expect(
      select(
        times.map((at) => marker('hotkey', at)),
        { top: 2 },
      ).filter(({ selected }) => selected),
    ).toHaveLength(2)
  })
  it('shows what led to the key press', () => {
    const [segment] = select([marker('hotkey', 500)])
    const [start, end] = seconds(segment!)
    expect(start).toBeLessThanOrEqual(482)
    expect(end).toBeGreaterThanOrEqual(500)
    expect(end).toBeLessThanOrEqual(506)
  })
  it('shows the moment itself where a game noted it', () => {
    const [segment] = select([marker('steam-event', 500, { weight: 0.85 })])
    const [start, end, peak] = seconds(segment!)
    expect(Math.abs(peak! - 500)).toBeLessThanOrEqual(1)
    expect(start).toBeLessThan(495)
    expect(end).toBeGreaterThan(504)
  })
  it('where a game notes something all the time, that says nothing', () => {
    const kills = Array.from({ length: 90 }, (_, i) => marker('steam-event', 10 * i, { weight: 0.6 }))
    expect(weighMarkers(flat(900), marksOf(kills, 1800))).toEqual(flat(900))
  })
})

describe('where only a marker speaks', () => {
  it('it is named first, with its label, in at least 90 % of 200 stretches', () => {
    const random = seeded(11)
    let [first, all] = [0, 0]
    for (let round = 0; round < 200; round++) {
      const kind = markerKinds[round % markerKinds.length]!
      const at = 60 + random() * 480
      const noise = (id: string, track: number | null) => ({
        id,
        track,
        z: () => (random() + random() + random() - 1.5) * 2,
      })
      const signals = makeSignals(1200, [
        noise('audio.rms', 0),
        noise('audio.onset', 0),
        noise('picture.red', null),
        noise('packet.rate', null),
      ])
      const scores = flat(600).map((p) => p * (0.5 + random()))
      const [segment] = select([marker(kind, at, { label: `label ${round}` })], { seconds: 600, scores, signals })
      const [start, end] = seconds(segment!)
      all += 1
      const { signal, text } = segment!.reasons[0]!
      const named = signal === `marker.${kind}` && (kind === 'steam-screenshot' || text.includes(`label ${round}`))
      if (named && start! <= at && end! >= at - 20) first += 1
    }
    expect(all).toBe(200)
    expect(first / all).toBeGreaterThanOrEqual(0.9)
  })
  it('beside a loud moment within the same clip both are named', () => {
    const signals = makeSignals(1800, [{ id: 'audio.rms', track: 0, unit: 'dB', z: bump(984, 6, 10) }])
    const [segment] = select([marker('hotkey', 500)], { signals })
    expect(segment!.reasons.map(({ signal }) => signal)).toEqual(['marker.hotkey', 'audio.rms'])
    const total = segment!.reasons.reduce((sum, { weight }) => sum + weight, 0)
    expect(total).toBeLessThanOrEqual(1)
  })
})

describe('the evidence of markers', () => {
  const anyMarker = fc
    .record({
      kind: fc.constantFrom(...markerKinds),
      start: fc.integer({ min: 0, max: 600_000 }).map((ms) => ms / 1000),
      length: fc.option(fc.integer({ min: 1, max: 200_000 }).map((ms) => ms / 1000)),
      weight: fc.constantFrom(0, 0.2, 0.6, 1),
    })
    .map(({ kind, start, length, weight }) =>
      marker(kind, start, { end: Math.min(600, start + (length ?? 0)), weight }),
    )
  const some = fc.array(anyMarker, { maxLength: 12 })

  it('never lowers a score, is bounded, and does not depend on the order', () => {
    const score = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1200, maxLength: 1200 })
    fc.assert(
      fc.property(some, score, (markers, scores) => {
        const marks = marksOf(markers, 1200)
        const fused = weighMarkers(scores, marks)
        for (const [i, value] of fused.entries()) {
          expect(value).toBeGreaterThanOrEqual(Math.min(scores[i]!, 1 - 2e-6) - 1e-7)
          expect(value).toBeLessThanOrEqual(1)
        }
        for (const value of evidenceOf(marks, 1200)) expect(value >= 0 && value <= 8).toBe(true)
        const backwards = marksOf(markers.toReversed(), 1200)
        expect(evidenceOf(backwards, 1200).map((v) => Math.round(v * 1e4))).toEqual(
          evidenceOf(marks, 1200).map((v) => Math.round(v * 1e4)),
        )
      }),
      { numRuns: 40 },
    )
  })
  it('lies around the marker and nowhere else', () => {
    const around = (kind: MarkerKind): number[] => {
      const values = evidenceOf(marksOf([marker(kind, 300, { weight: 1 })], 1200), 1200)
      const marked = [...values.keys()].filter((i) => values[i]! > 0)
      return [marked[0]! / 2 - 300, (marked.at(-1)! + 1) / 2 - 300, Math.max(...values)]
    }
    expect(around('hotkey')).toEqual([-20, 5, 6])
    expect(around('steam-event')).toEqual([-6, 6, 6])
  })
  it('at the edges of the recording is cut off there', () => {
    for (const at of [0, 1, 599.9, 600]) {
      const values = evidenceOf(marksOf([marker('label', at)], 1200), 1200)
      expect(values).toHaveLength(1200)
      expect(Math.max(...values)).toBeGreaterThan(5)
    }
  })
})

describe('words', () => {
  it.each([
    ['hotkey', [''], 'You pressed the marker key here'],
    ['hotkey', ['', ''], 'You pressed the marker key 2 times here'],
    ['hotkey', ['ace', 'ace', 'boss'], 'You pressed the marker key 3 times here: ace, boss'],
    ['chapter', [''], 'You set a chapter marker here'],
    ['chapter', ['', ''], 'You set 2 chapter markers here'],
    ['chapter', ['Boss'], 'Your chapter marker: Boss'],
    ['stream-marker', [''], 'A stream marker was set here'],
    ['stream-marker', ['wow'], 'Stream marker: wow'],
    ['steam-marker', [''], 'You set a marker in Steam here'],
    ['steam-event', [''], 'Steam noted a moment here'],
    ['steam-event', ['You killed Bob: AK-47'], 'Steam noted a kill: You killed Bob: AK-47'],
    ['steam-event', ['Kill', 'Kill', 'Double kill'], 'Steam noted 3 kills: Kill, Double kill'],
    ['steam-event', ['You were killed by Bob'], 'Steam noted a death: You were killed by Bob'],
    ['steam-event', ['Bombe entschärft'], 'Steam noted: Bombe entschärft'],
    ['steam-event', ['a', 'b', 'c', 'd', 'e'], 'Steam noted: a, b, c and 2 more'],
    ['steam-achievement', ['First win'], 'Steam noted an achievement: First win'],
    ['steam-screenshot', [''], 'You took a screenshot here'],
    ['editor', ['Cut here'], 'Your marker in the editor: Cut here'],
    ['editor', [''], 'You marked this in your editor'],
    ['label', ['Double kill'], 'Your label: Double kill'],
    ['label', [''], 'You labelled this moment'],
  ] as const)('%s %j', (kind, labels, text) => {
    expect(describeMarkers(kind, labels)).toBe(text)
  })
})
