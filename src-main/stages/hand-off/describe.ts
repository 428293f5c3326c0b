import type { Reason } from '../../../src-shared/contract/segment.ts'

export function formatScore(score: number): string {
  return score.toFixed(2)
}

/** `Sudden loud burst (60 %)`, heaviest first, as they come. */
export function listReasons(reasons: readonly Reason[]): string[] {
  return reasons.map(({ text, weight }) => `${text} (${Math.round(weight * 100)} %)`)
}

/** A text that must stay in its line: a line break in a name must not become an event of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim()
}
