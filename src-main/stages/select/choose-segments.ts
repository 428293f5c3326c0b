import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { decoderSettings, type DecoderSettings } from './decoder-settings.ts'

export interface Rated {
  readonly score: number
  /** A person marked it: it is taken however many there are. */
  readonly isTheirs: boolean
}

/** Which of the candidates, best first, are taken. */
export function chooseSegments(
  candidates: readonly Rated[],
  { top, budget, threshold }: { top: number | null; budget: number; threshold: number },
): boolean[] {
  return candidates.map(({ score, isTheirs }, i) => {
    const within = i < budget || (top === null && isTheirs)
    return within && (top !== null || score >= threshold)
  })
}

/** Streamers want 10 to 20 clips of a four-hour stream; a short recording still gives a few. */
export function defaultBudget(duration: Ticks, settings: DecoderSettings = decoderSettings): number {
  const hours = duration / TICKS_PER_SECOND / 3600
  return Math.max(settings.atLeast, Math.round(hours * settings.perHour))
}
