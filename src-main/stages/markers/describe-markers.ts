import type { MarkerKind } from '../../../src-shared/contract/markers.ts'

/** Not more labels than these stand in one reason. */
const mostLabels = 3

/** What markers of one moment say, in words a streamer uses: "You pressed the marker key here: ace". */
export function describeMarkers(kind: MarkerKind, labels: readonly string[]): string {
  const named = [...new Set(labels.filter((label) => label !== ''))]
  const count = labels.length
  const rest = named.length - mostLabels
  const list = named.slice(0, mostLabels).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  const told = list === '' ? '' : `: ${list}`
  switch (kind) {
    case 'hotkey':
      return `You pressed the marker key ${count > 1 ? `${count} times ` : ''}here${told}`
    case 'chapter':
      return list === ''
        ? `You set ${count > 1 ? `${count} chapter markers` : 'a chapter marker'} here`
        : `Your chapter marker${told}`
    case 'stream-marker':
      return list === '' ? 'A stream marker was set here' : `Stream marker${told}`
    case 'steam-marker':
      return `You set a marker in Steam here${told}`
    case 'steam-event':
      return steamEvent(named, list, count)
    case 'steam-achievement':
      return `Steam noted an achievement${told}`
    case 'steam-screenshot':
      return 'You took a screenshot here'
    case 'editor':
      return list === '' ? 'You marked this in your editor' : `Your marker in the editor${told}`
    case 'label':
      return list === '' ? 'You labelled this moment' : `Your label${told}`
  }
}

/** Titles are in the game's language; what English ones are about is said first. */
const subjects: readonly (readonly [RegExp, string, string])[] = [
  [/\b(?:killed by|you died|death|died)\b/i, 'a death', 'deaths'],
  [/\b(?:kill|kills|killed|frag|fragged|eliminat\w*|knocked|takedown|ace)\b/i, 'a kill', 'kills'],
  [/\b(?:victory|won|winner|win)\b/i, 'a win', 'wins'],
]

function steamEvent(named: readonly string[], list: string, count: number): string {
  if (list === '') return count > 1 ? `Steam noted ${count} moments here` : 'Steam noted a moment here'
  const subject = subjects.find(([pattern]) => named.every((label) => pattern.test(label)))
  if (subject === undefined) return `Steam noted: ${list}`
  return `Steam noted ${count > 1 ? `${count} ${subject[2]}` : subject[1]}: ${list}`
}
