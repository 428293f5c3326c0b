import type { Rational } from '../../../src-shared/domain/time.ts'
import { MarkerCollector } from './marker-list.ts'
import { readMarkerTime } from './read-marker-time.ts'

const date = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?`
const clock = String.raw`\d{1,3}:\d\d(?::\d\d)?(?:[:;]\d\d)?(?:[.,]\d{1,6})?`
const number = String.raw`\d{1,7}(?:\.\d{1,9})?`
const time = `(?:${date}|${clock}|${number})`
const line = new RegExp(
  String.raw`^\s*[[(]?(${time})[\])]?(?:\s*(?:-->|->|–|—|-|to|\t)\s*[[(]?(${time})[\])]?)?(?:s\b)?(?:\s*[-–—:|,]\s*|\s+|$)(.*)$`,
)

/** Lines of a time (or two, of a span) and a label: notes, YouTube's list of chapters, Audacity's labels. */
export function collectLines(lines: readonly string[], fps: Rational): MarkerCollector {
  const found = new MarkerCollector()
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue
    const [, from = '', to, label = ''] = line.exec(text) ?? []
    const [start, end] = [readMarkerTime(from, fps), to === undefined ? null : readMarkerTime(to, fps)]
    const kind = end === null ? 'hotkey' : 'label'
    if (!found.add(start, end, { kind, label })) found.skip(i + 1, text)
  }
  return found
}
