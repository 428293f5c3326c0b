import { describe, expect, test } from 'vitest'
import { selectSegments, type SelectInput } from '../../src-main/stages/select/select-segments.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import { TICKS_PER_SECOND, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { bump, makeSignals, sumOf } from '../helpers/make-signals.ts'

/** A recording of `seconds` with a score of 0.05 plus the given bumps (second, height, half width in slots). */
function recording(
  seconds: number,
  bumps: readonly (readonly [number, number, number?])[],
  extra: Partial<SelectInput> = {},
): SelectInput {
  const shape = sumOf(...bumps.map(([at, height, width]) => bump(at * 2, height, width)))
  return {
    scores: { values: Array.from({ length: seconds * 2 }, (_, i) => 0.05 + shape(i)) },
    signals: makeSignals(seconds * 2, [
      { id: 'audio.rms', track: 0, unit: 'dB', z: (i) => 5 * shape(i), values: (i) => -40 + 20 * shape(i) },
    ]),
    roles: ['game'],
    duration: ticksFromSeconds(seconds),
    cuts: [],
    top: null,
    ...extra,
  }
}

const lines = (segments: readonly Segment[]): string[] =>
  segments.map(({ start, end, peak, score, selected }) => {
    const [s, e, p] = [start, end, peak].map((t) => (t / TICKS_PER_SECOND).toFixed(2))
    return `${selected ? '*' : ' '} ${s} to ${e}, peak ${p}, score ${score.toFixed(2)}`
  })
const decide = (...args: Parameters<typeof recording>): string[] => lines(selectSegments(recording(...args)))

describe('decisions of the clip decoder', () => {
  test('one moment: padded by three seconds before and two after its half-height span', () => {
    expect(decide(300, [[100, 0.8]])).toMatchInlineSnapshot(`
      [
        "* 95.50 to 104.00, peak 100.25, score 0.65",
      ]
    `)
  })
  test('three moments, best first', () => {
    expect(
      decide(300, [
        [60, 0.5],
        [150, 0.9],
        [240, 0.7],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 145.50 to 154.00, peak 150.25, score 0.72",
        "* 235.50 to 244.00, peak 240.25, score 0.57",
        "* 55.50 to 64.00, peak 60.25, score 0.42",
      ]
    `)
  })
  test('a weaker peak within 20 seconds is suppressed', () => {
    expect(
      decide(300, [
        [100, 0.8],
        [114, 0.3],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 95.50 to 104.00, peak 100.25, score 0.65",
      ]
    `)
  })
  test('beyond 20 seconds it stands on its own, and the spans do not overlap', () => {
    expect(
      decide(300, [
        [100, 0.8, 12],
        [121, 0.6, 12],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 94.00 to 105.50, peak 100.25, score 0.75",
        "* 115.00 to 126.50, peak 121.25, score 0.57",
      ]
    `)
  })
  test('a streak of alike peaks is one moment', () => {
    expect(
      decide(300, [
        [100, 0.8, 8],
        [107, 0.7, 8],
        [114, 0.75, 8],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 95.00 to 118.50, peak 100.25, score 0.70",
      ]
    `)
  })
  test('a weak bump beside a peak is no streak', () => {
    expect(
      decide(300, [
        [100, 0.8, 6],
        [107, 0.3, 6],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 95.50 to 104.00, peak 100.25, score 0.65",
      ]
    `)
  })
  test('a streak that would not fit in one clip is not merged further', () => {
    expect(
      decide(
        300,
        Array.from({ length: 10 }, (_, i) => [100 + 7 * i, 0.8, 8] as const),
      ),
    ).toMatchInlineSnapshot(`
      [
        "* 95.00 to 140.00, peak 100.25, score 0.70",
        "* 140.00 to 167.50, peak 142.25, score 0.70",
      ]
    `)
  })
  test('a long plateau is cut to 45 seconds around its peak', () => {
    const values = Array.from({ length: 600 }, (_, i) => (i >= 200 && i < 400 ? 0.9 : 0.05))
    expect(decide(300, [], { scores: { values } })).toMatchInlineSnapshot(`
      [
        "* 119.75 to 164.75, peak 149.75, score 0.90",
      ]
    `)
  })
  test('at the edges of the recording a clip keeps its length', () => {
    expect(
      decide(300, [
        [1, 0.8],
        [299, 0.7],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 0.00 to 8.00, peak 0.25, score 0.72",
        "* 292.00 to 300.00, peak 299.75, score 0.65",
      ]
    `)
  })
  test('a recording shorter than a clip is one clip', () => {
    expect(decide(5, [[2, 0.8]])).toMatchInlineSnapshot(`
      [
        "* 0.00 to 5.00, peak 2.25, score 0.65",
      ]
    `)
  })
  test('the start snaps to a cut nearby', () => {
    expect(decide(300, [[100, 0.8]], { cuts: [70, 91.5, 93.2, 96.9, 98].map(ticksFromSeconds) }))
      .toMatchInlineSnapshot(`
        [
          "* 96.30 to 104.30, peak 100.25, score 0.65",
        ]
      `)
  })
  test('else to a pause', () => {
    const base = recording(300, [[100, 0.8]])
    const z = (i: number): number => (i === 183 ? -3 : 0)
    const signals = makeSignals(600, [{ id: 'audio.rms', track: 0, z }])
    expect(lines(selectSegments({ ...base, signals }))).toMatchInlineSnapshot(`
      [
        "* 95.50 to 104.00, peak 100.25, score 0.65",
      ]
    `)
  })
  test('a number is taken as asked for, without a threshold', () => {
    expect(
      decide(
        300,
        [
          [60, 0.1],
          [150, 0.9],
          [240, 0.15],
        ],
        { top: 2 },
      ),
    ).toMatchInlineSnapshot(`
      [
        "* 145.50 to 154.00, peak 150.25, score 0.72",
        "* 235.50 to 244.00, peak 240.25, score 0.16",
        "  55.50 to 64.00, peak 60.25, score 0.13",
      ]
    `)
  })
  test('without a number: a few of a short recording, sixteen of four hours, none that is unlikely', () => {
    const count = (segments: readonly Segment[]): string =>
      `${segments.filter((s) => s.selected).length} of ${segments.length}`
    const every = (seconds: number, height: number): string =>
      count(
        selectSegments(
          recording(
            seconds,
            Array.from({ length: seconds / 40 - 1 }, (_, i) => [40 * (i + 1), height] as const),
          ),
        ),
      )
    expect([every(400, 0.8), every(3600, 0.8), every(4 * 3600, 0.8), every(3600, 0.1)]).toMatchInlineSnapshot(`
      [
        "3 of 9",
        "4 of 89",
        "16 of 359",
        "0 of 89",
      ]
    `)
  })
  test('equal peaks come in the order of time', () => {
    expect(
      decide(300, [
        [60, 0.5],
        [150, 0.5],
        [240, 0.5],
      ]),
    ).toMatchInlineSnapshot(`
      [
        "* 55.50 to 64.00, peak 60.25, score 0.42",
        "* 145.50 to 154.00, peak 150.25, score 0.42",
        "* 235.50 to 244.00, peak 240.25, score 0.42",
      ]
    `)
  })
  test('constant, empty and impossible scores give nothing', () => {
    expect(decide(300, [])).toEqual([])
    expect(decide(300, [], { scores: { values: [] } })).toEqual([])
    expect(decide(300, [], { scores: { values: Array.from({ length: 600 }, () => Number.NaN) } })).toEqual([])
    expect(decide(300, [[100, 0.8]], { duration: 0 })).toEqual([])
  })
})

describe('reasons', () => {
  const reasonsOf = (signals: SelectInput['signals'], roles: SelectInput['roles'] = ['game', 'mic']): unknown => {
    const [segment] = selectSegments({ ...recording(400, [[200, 0.8]]), signals, roles })
    return segment!.reasons.map((r) => `${r.weight.toFixed(2)} ${r.signal}: ${r.text}`)
  }

  test('which signals rise, how strongly, compared with what; heaviest first', () => {
    const rise = bump(400, 1, 12)
    const signals = makeSignals(800, [
      { id: 'audio.onset', track: 0, unit: 'dB', z: (i) => 6 * rise(i), values: (i) => 3 + 14 * rise(i) },
      { id: 'audio.rms', track: 0, unit: 'dB', z: (i) => 3 * rise(i), values: (i) => -30 + 9 * rise(i) },
      { id: 'audio.speech', track: 1, unit: 'probability', z: (i) => 4 * rise(i), values: (i) => 0.2 + 0.6 * rise(i) },
      { id: 'packet.rate', unit: 'bytes/s', z: (i) => 2 * rise(i), values: (i) => 1e6 * (1 + rise(i)) },
    ])
    expect(reasonsOf(signals)).toMatchInlineSnapshot(`
      [
        "0.39 audio.rms: Loud moment, 9 dB over the 6 minutes around it",
        "0.33 audio[1].speech: Excited speech, 80 % against 20 % in the 6 minutes around it",
        "0.22 packet.rate: Dense action on the screen, 2.0 times that of the 6 minutes around it",
        "0.06 audio.onset: Sudden loud burst, 14 dB over the 6 minutes around it",
      ]
    `)
  })

  test('at most four', () => {
    const ids = ['audio.rms', 'audio.centroid', 'audio.highFrequency', 'picture.red', 'packet.rate']
    const curves = ids.map((id) => ({ id, track: id.startsWith('audio') ? 0 : null, z: bump(400, 3, 12) }))
    expect(reasonsOf(makeSignals(800, curves))).toHaveLength(4)
  })

  test('signals that fall or are masked are no reason', () => {
    const rise = bump(400, 5, 12)
    const signals = makeSignals(800, [
      { id: 'audio.rms', track: 0, z: (i) => -rise(i) },
      { id: 'audio.onset', track: 0, z: rise, valid: () => false },
      { id: 'picture.red', unit: 'ratio', z: rise, values: (i) => 0.01 + rise(i) / 20 },
    ])
    expect(reasonsOf(signals)).toMatchInlineSnapshot(`
      [
        "1.00 picture.red: Red flash on the screen, 26 % against 1 % in the 6 minutes around it",
      ]
    `)
  })

  test('a mix beside a game track is not counted twice', () => {
    const rise = bump(400, 5, 12)
    const signals = makeSignals(800, [
      { id: 'audio.rms', track: 0, z: rise },
      { id: 'audio.rms', track: 1, z: rise },
    ])
    expect(reasonsOf(signals, ['mix', 'game'])).toMatchInlineSnapshot(`
      [
        "1.00 audio[1].rms: Loud moment, 50 dB over the 6 minutes around it",
      ]
    `)
  })

  test('without any signal the score itself is the reason', () => {
    expect(reasonsOf(makeSignals(800, []))).toMatchInlineSnapshot(`
      [
        "1.00 score: Stands out from the rest of the recording: 65 % likely a highlight, usually 5 %",
      ]
    `)
  })
})
