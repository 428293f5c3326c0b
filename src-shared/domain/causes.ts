import { audioCurves } from './signal.ts'

/** What can make a moment stand out, as a streamer would say it. */
export type CauseId = 'game' | 'voice' | 'movement' | 'screen'

export interface Cause {
  readonly id: CauseId
  /** Signals that belong to it: on game tracks, on microphone tracks, or of the picture. */
  readonly listens: 'game' | 'mic' | null
  readonly curves: readonly string[]
  /** Inputs of a model that belong to it as a whole; see `models/highlights/README.md`. */
  readonly inputs: readonly string[]
  /** Whether the program's own model knows it by these signals alone. */
  readonly bySignals: boolean
  /** The column of a model's `mask` that says whether it is there; none where several share it. */
  readonly mask: string | null
}

const heard = audioCurves.map(({ id }) => id)

/** Every signal and every input of a model that is no mask belongs to exactly one. */
export const causes: readonly Cause[] = [
  { id: 'game', listens: 'game', curves: heard, inputs: ['mel'], bySignals: false, mask: 'game' },
  { id: 'voice', listens: 'mic', curves: heard, inputs: ['mel_mic'], bySignals: true, mask: 'mic' },
  { id: 'movement', listens: null, curves: ['packet.rate'], inputs: [], bySignals: true, mask: 'packet' },
  {
    id: 'screen',
    listens: null,
    curves: [
      'picture.luma',
      'picture.variance',
      'picture.histogram',
      'picture.blocks',
      'picture.saturation',
      'picture.red',
      'picture.cut',
    ],
    inputs: ['picture_index', 'picture_age'],
    bySignals: false,
    mask: 'picture',
  },
]

/** Part of a recording that is to be explained, in slots; `from` and `to` inclusive. */
export interface Moment {
  readonly peak: number
  readonly from: number
  readonly to: number
}

/** How a moment would score if some causes were as in an ordinary stretch of the recording. */
export interface MomentView {
  readonly ordinary: readonly CauseId[]
  /** Log-odds of the score. */
  readonly logit: number
}

/** What a model says about a moment. */
export interface MomentCauses {
  /**
   * As it is, first; with everything ordinary that differs at all; and, of each cause in which it differs, with only that
   * ordinary, and with all others.
   */
  readonly views: readonly MomentView[]
  /** Probability of each kind of moment that the model tells apart. */
  readonly kinds: Readonly<Record<string, number>>
}

/**
 * What each cause adds to the log-odds of a moment: the mean of what goes when it goes, and what comes when it comes
 * alone. (The first and the last step of a Shapley value; where causes add up, they are equal.) Below 0 where it speaks
 * against the moment; a cause that does not differ is left out.
 */
export function addsOf({ views }: Pick<MomentCauses, 'views'>): Partial<Record<CauseId, number>> {
  const [all, none] = [views[0], views[1]]
  if (all === undefined || none === undefined) return {}
  const logitOf = (ordinary: readonly CauseId[]): number =>
    views.find((view) => view.ordinary.join() === ordinary.join())?.logit ?? Number.NaN
  const entries = none.ordinary.map((cause): [CauseId, number] => {
    const goes = all.logit - logitOf([cause])
    const comes = logitOf(none.ordinary.filter((one) => one !== cause)) - none.logit
    return [cause, (goes + comes) / 2]
  })
  return Object.fromEntries(entries)
}
