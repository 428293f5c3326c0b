import { z } from 'zod'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { montageKinds, type Montage, type MontageMusic } from '../../../src-shared/contract/montage.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { isNamed } from '../../clip-label.ts'
import type { MontageWish } from './open-montage.ts'

/** As many as the engine takes. */
export const MOST_CLIPS = 100
const MOST_SECONDS = 3600
const LONGEST_CARD_TITLE = 120
const REMEMBERED = 'clutchcut.montage'

/** One place of the montage; a clip may have several. */
export interface MontageEntry {
  readonly key: number
  readonly clip: StoredClip
  /** What its title card says. */
  readonly card: string
}

const lookSchema = z.object({
  /** Seconds of a cross-fade between clips; 0: they are cut. */
  fade: z.number().min(0).max(5),
  /** Seconds of a title card before each clip; 0: there are none. */
  cards: z.number().min(0).max(10),
  kinds: z.array(z.enum(montageKinds)).min(1),
  chapters: z.boolean(),
})
type MontageLook = z.infer<typeof lookSchema>

/** A montage, as the dialog holds it. */
export interface MontageChoice extends MontageLook {
  readonly title: string
  readonly entries: readonly MontageEntry[]
  readonly music: MontageMusic | null
  /** null: where the settings say. */
  readonly folder: string | null
}

const usualLook: MontageLook = { fade: 0, cards: 0, kinds: ['landscape'], chapters: true }

/** How the last montage looked; as usual where there was none, or none that this version understands. */
export function rememberedLook(): MontageLook {
  try {
    const parsed = lookSchema.safeParse(JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null'))
    return parsed.success ? parsed.data : usualLook
  } catch {
    return usualLook
  }
}

export function rememberLook({ fade, cards, kinds, chapters }: MontageLook): void {
  localStorage.setItem(REMEMBERED, JSON.stringify({ fade, cards, kinds, chapters }))
}

const entryOf = (clip: StoredClip, key: number, card: string | undefined): MontageEntry => ({
  ...{ key, clip },
  // What nobody named says nothing worth a card.
  card: (card ?? (isNamed(clip) ? clip.title : '')).slice(0, LONGEST_CARD_TITLE),
})

/** What the dialog begins with: the clips in their order, or an earlier montage as far as its clips are there. Pure. */
export function choiceOf({ clips, like }: MontageWish, look: MontageLook): MontageChoice {
  if (like === null) {
    const entries = clips.map((clip, key) => entryOf(clip, key, undefined))
    return { ...look, title: '', entries, music: null, folder: null }
  }
  const byId = new Map(clips.map((clip) => [clip.id, clip]))
  const entries = like.clips.flatMap(({ clipId, card }, key) => {
    const clip = byId.get(clipId)
    return clip === undefined ? [] : [entryOf(clip, key, card?.title)]
  })
  const fade = like.clips.slice(1).find(({ transition }) => transition.kind === 'cross-fade')?.transition
  const { title, music, kinds, chapters } = like
  return {
    ...{ title, entries, music, kinds, chapters, folder: null },
    fade: fade?.kind === 'cross-fade' ? fade.seconds : 0,
    cards: like.clips.find(({ card }) => card !== null)?.card?.seconds ?? 0,
  }
}

/** What the engine is asked for. Pure. */
export function montageOf({ title, entries, fade, cards, music, kinds, chapters }: MontageChoice): Montage {
  return {
    ...{ title: title.trim(), music, kinds, chapters },
    clips: entries.map(({ clip, card }, i) => ({
      clipId: clip.id,
      transition: fade > 0 && i > 0 ? { kind: 'cross-fade', seconds: fade } : { kind: 'cut' },
      card: cards > 0 && card.trim() !== '' ? { title: card.trim(), subtitle: '', seconds: cards } : null,
    })),
  }
}

/**
 * About how many seconds it will take: clips and cards behind each other, less what cross-fades show at once. One of
 * them takes no more than half of what it joins. Pure.
 */
export function estimatedSeconds({ entries, fade, cards }: Pick<MontageChoice, 'entries' | 'fade' | 'cards'>): number {
  const lengths = entries.map(({ clip }) => secondsFromTicks(clip.end - clip.start))
  const withCard = entries.map(({ card }) => cards > 0 && card.trim() !== '')
  return lengths.reduce((sum, length, i) => {
    const card = withCard[i] === true ? cards : 0
    const joined = Math.min(lengths[i - 1] ?? 0, card > 0 ? card : length)
    return sum + length + card - (i === 0 ? 0 : Math.min(fade, joined / 2))
  }, 0)
}

export type MontageProblem = 'none' | 'tooMany' | 'tooLong'

/** Why it cannot be made like this; null: it can. Pure. */
export function problemOf(choice: MontageChoice): MontageProblem | null {
  if (choice.entries.length === 0) return 'none'
  if (choice.entries.length > MOST_CLIPS) return 'tooMany'
  return estimatedSeconds(choice) > MOST_SECONDS ? 'tooLong' : null
}

/** The same in another order. Pure. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, one)
  return next
}
