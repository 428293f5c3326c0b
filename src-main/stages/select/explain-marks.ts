import type { Mark } from '../../../src-shared/domain/markers.ts'
import { calibration } from '../../../src-shared/domain/signal-weights.ts'
import type { Core } from './find-peaks.ts'

/** A mark that says less than this at a peak did not choose it: half of what a person's marker says. */
const chosenFrom = 3

/** The marks of a moment, with the evidence of each on the scale of the signals'. */
export function marksWithin(core: Core, marks: readonly Mark[]): { mark: Mark; evidence: number }[] {
  return marks.flatMap((mark) => {
    const evidence = mostWithin(mark, core.from, core.to) / calibration.scale
    return evidence > 0 ? [{ mark, evidence }] : []
  })
}

/** Whether a person marked this moment on purpose. */
export function isOwn(core: Core, marks: readonly Mark[]): boolean {
  return marks.some((mark) => mark.own && mostWithin(mark, core.peak, core.peak) >= chosenFrom)
}

function mostWithin({ first, evidence }: Mark, from: number, to: number): number {
  return evidence
    .slice(Math.max(0, from - first), Math.max(0, to - first + 1))
    .reduce((most, value) => Math.max(most, value), 0)
}
