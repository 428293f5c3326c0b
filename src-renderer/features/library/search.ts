import type { RecordingState } from '../../../src-shared/contract/recording.ts'
import type { RecordingQuery } from './use-recordings.ts'

// Not the contract's lists: with them comes zod, which the first page does not need.
export const states = ['analysed', 'new', 'missing', 'failed'] as const satisfies readonly RecordingState[]
export const orders = ['newest', 'oldest', 'name', 'longest'] as const
export const periods = { week: 7, month: 30, year: 365 } as const

/** What the address says of the library: so that going back shows the same again. */
export interface LibrarySearch {
  readonly text?: string | undefined
  readonly game?: string | undefined
  readonly state?: (typeof states)[number] | undefined
  readonly period?: keyof typeof periods | undefined
  readonly clips?: true | undefined
  readonly order?: (typeof orders)[number] | undefined
  readonly view?: 'list' | undefined
}

const oneOf = <Value extends string>(values: readonly Value[], given: unknown): Value | undefined =>
  values.find((value) => value === given)

/** Whatever stands in the address; what makes no sense is left out. Pure. */
export function parseLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  const text = search['text']
  const game = search['game']
  const parsed: LibrarySearch = {
    text: typeof text === 'string' && text !== '' ? text.slice(0, 200) : undefined,
    game: typeof game === 'string' && game !== '' ? game : undefined,
    state: oneOf(states, search['state']),
    period: oneOf(Object.keys(periods) as (keyof typeof periods)[], search['period']),
    clips: search['clips'] === true ? true : undefined,
    order: oneOf(orders, search['order']),
    view: search['view'] === 'list' ? 'list' : undefined,
  }
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined))
}

/** Whether some recordings are left out. Pure. */
export const isFiltered = ({ game, state, period, clips }: LibrarySearch): boolean =>
  game !== undefined || state !== undefined || period !== undefined || clips !== undefined

/** The same as the engine is asked. `today` is midnight, so that the question stays the same for a day. Pure. */
export function queryOf({ game, state, period, clips, order }: LibrarySearch, today: Date): RecordingQuery {
  const from = period === undefined ? undefined : new Date(today.getTime() - periods[period] * 86_400_000)
  return {
    ...(game !== undefined && { game }),
    ...(state !== undefined && { state }),
    ...(clips !== undefined && { hasClips: true }),
    ...(from !== undefined && { from: from.toISOString() }),
    order: order ?? 'newest',
  }
}
