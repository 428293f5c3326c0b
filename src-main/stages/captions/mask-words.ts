import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import { graphemesOf } from '../../../src-shared/domain/captions-text.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

const edges = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su
const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

/**
 * Hides the words of a list (whole words, capitals and punctuation aside): the first letter stays, the rest becomes
 * stars. The spans say where they were spoken, for who wants to silence them too.
 */
export function maskWords(
  words: readonly CaptionWord[],
  list: readonly string[],
): { words: CaptionWord[]; masked: { start: Ticks; end: Ticks }[] } {
  const hidden = new Set(list.map((word) => plain(edges.exec(word.trim())?.[2] ?? '')).filter((word) => word !== ''))
  const masked: { start: Ticks; end: Ticks }[] = []
  const shown = words.map((word) => {
    const [, before = '', core = '', after = ''] = edges.exec(word.text) ?? []
    if (!hidden.has(plain(core))) return word
    masked.push({ start: word.start, end: word.end })
    const [first = '', ...rest] = graphemesOf(core)
    return { ...word, text: `${before}${rest.length === 0 ? '*' : first}${'*'.repeat(rest.length)}${after}` }
  })
  return { words: shown, masked }
}
