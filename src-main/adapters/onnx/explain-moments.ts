import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Moment, MomentCauses } from '../../../src-shared/domain/causes.ts'
import { median, type ScoreInput } from '../../../src-shared/domain/score.ts'
import { SLOT_RATE } from '../../../src-shared/domain/signal.ts'
import type { InferenceClient } from './client.ts'
import type { SessionSpec, Tensor, Tensors } from './messages.ts'
import { joinRows, mixRows, presentCauses, rowOf } from './mix-causes.ts'
import { buildFeeds } from './model-inputs.ts'

/**
 * As far as the program's own model looks to each side (37.5 s). One that looks further meets an edge, the same in all
 * that it is shown.
 */
const sightSlots = 40 * SLOT_RATE
/** The log-odds are read around the peak, as far as the clip decoder smooths. */
const readSlots = 3
/** What happens this near the peak belongs to the moment, however short its core is, */
const leastReach = 8 * SLOT_RATE
/** and nothing beyond this. */
const mostReach = 20 * SLOT_RATE
/** An ordinary stretch is looked for this near, as the z-scores are counted from there. */
const searchSlots = 180 * SLOT_RATE

export interface ExplainDeps {
  readonly client: Pick<InferenceClient, 'call'>
  readonly session: SessionSpec
  /** Columns of the model's output of that name. */
  readonly kinds: readonly string[]
}

/** Slots from `from` to `to`. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * Shows a model each moment with one cause after the other, and all but one, as in an ordinary stretch of the same
 * recording. Whatever is swapped was really recorded, so that the model is never shown what no recording looks like, such
 * as silence in the middle of a game.
 *
 * One run of the model a moment; `scores` are the recording's. Null for a moment that has no ordinary stretch beside it, in a very short recording.
 */
export async function explainMoments(
  { client, session, kinds }: ExplainDeps,
  input: ScoreInput,
  scores: ArrayLike<number>,
  moments: readonly Moment[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<(MomentCauses | null)[]> {
  const { inputs } = await client.call({ kind: 'load', session }, { signal })
  const explained: (MomentCauses | null)[] = []
  for (const moment of moments) {
    signal?.throwIfAborted()
    const within = reachOf(moment, input.signals.length)
    const ordinary = findOrdinary(scores, within, input.signals.length)
    explained.push(ordinary === null ? null : await explainOne(moment, within, ordinary))
  }
  return explained

  async function explainOne({ peak, from, to }: Moment, within: Stretch, ordinary: Stretch): Promise<MomentCauses> {
    const { length } = input.signals
    const view = {
      from: Math.max(0, peak - readSlots - sightSlots),
      to: Math.min(length, peak + readSlots + 1 + sightSlots),
    }
    const shown = await buildFeeds(input, inputs, view.from, view.to)
    const other = await buildFeeds(input, inputs, ordinary.from, ordinary.to)
    const at = within.from - view.from
    const present = presentCauses(shown, other, at)
    // What is ordinary in each row: nothing, everything, one cause after the other, all but one after the other.
    const rows = [
      [],
      present,
      ...present.map((cause) => [cause]),
      ...present.map((cause) => present.filter((one) => one !== cause)),
    ]
    const outputs = await run(mixRows(shown, other, at, rows), rows.length)
    const slots = view.to - view.from
    const logits = valuesOf(outputs, 'logits', rows.length * slots)
    const [first, last] = [Math.max(0, peak - readSlots - view.from), Math.min(slots - 1, peak + readSlots - view.from)]
    const logit = (row: number): number => {
      let sum = 0
      for (let i = first; i <= last; i++) sum += Number(logits[row * slots + i])
      return sum / (last - first + 1)
    }
    const views = rows.map((swapped, row) => ({ ordinary: swapped, logit: logit(row) }))
    const core = { from: Math.max(0, from - view.from), to: Math.min(slots - 1, to - view.from) }
    return { views, kinds: kindsOf(outputs, rows.length * slots, core) }
  }

  /** All rows at once, or one after the other where the model takes only one. */
  async function run(feeds: Tensors, rows: number): Promise<Tensors> {
    const call = async (part: Tensors): Promise<Tensors> =>
      (await client.call({ kind: 'run', session, feeds: part }, { signal })).outputs
    if (inputs.every(({ name, shape }) => name === 'pictures' || typeof shape[0] === 'string')) return call(feeds)
    const parts: Tensors[] = []
    for (let row = 0; row < rows; row++) parts.push(await call(rowOf(feeds, row)))
    return joinRows(parts)
  }

  /** The highest of each in the core of what was shown first, the moment as it is. */
  function kindsOf(outputs: Tensors, slots: number, { from, to }: Stretch): Record<string, number> {
    if (kinds.length === 0) return {}
    const given = valuesOf(outputs, 'kinds', slots * kinds.length)
    const most = kinds.map((_, k) => {
      let best = 0
      for (let i = from; i <= to; i++) best = Math.max(best, Number(given[i * kinds.length + k]))
      return best
    })
    return Object.fromEntries(kinds.map((name, k) => [name, most[k]!]))
  }
}

function reachOf({ peak, from, to }: Moment, length: number): Stretch {
  return {
    from: Math.max(0, peak - mostReach, Math.min(from, peak - leastReach)),
    to: Math.min(length, peak + mostReach + 1, Math.max(to, peak + leastReach) + 1),
  }
}

/**
 * A stretch as long as the moment's, near it but apart from it, whose mean score comes nearest to what is usual there.
 * Of equally good ones the first; null where there is no room for one.
 */
function findOrdinary(scores: ArrayLike<number>, within: Stretch, length: number): Stretch | null {
  const size = within.to - within.from
  const near = { from: Math.max(0, within.from - searchSlots), to: Math.min(length, within.to + searchSlots) }
  const usual = median(Array.from({ length: near.to - near.from }, (_, i) => scores[near.from + i]!))
  let best: { from: number; away: number } | null = null
  for (let from = near.from; from + size <= near.to; from++) {
    if (from < within.to && from + size > within.from) continue
    let away = 0
    for (let i = from; i < from + size; i++) away += Math.abs(scores[i]! - usual)
    if (best === null || away < best.away) best = { from, away }
  }
  return best === null ? null : { from: best.from, to: best.from + size }
}

function valuesOf(outputs: Tensors, name: string, count: number): Tensor['data'] {
  const given = outputs[name]?.data
  if (given?.length !== count || !given.every((value) => Number.isFinite(Number(value))))
    throw new ClutchcutError('inference/failed', 'The model gave too few values, or values that are not numbers.')
  return given
}
