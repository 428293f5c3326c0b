/**
 * How text is told apart into words for the full-text index, on top of FTS5's `unicode61`, which by itself takes a
 * whole Chinese or Japanese sentence for one word and drops emoji. Every character of a script that is written
 * without spaces becomes a word of its own (a query of several is then a phrase), every emoji a word of letters.
 *
 * Rows that are in the index were made with this function: a change of it needs a migration that fills the index
 * anew.
 */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(unspaced, ' $& ')
    .replace(emoji, (found) => ` emoji${found.codePointAt(0)?.toString(16) ?? ''} `)
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]\p{M}*/gu
const emoji = /(?![0-9#*©®™])\p{Emoji}\ufe0f?/gu

const maxWords = 16
const maxLength = 200
// What unicode61 keeps: letters, digits, private use, and marks on them.
const wordParts = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu

/** The words of a query, folded as the index has them; each entry is one phrase. */
export function searchPhrases(query: string): string[][] {
  return query
    .slice(0, maxLength)
    .split(/\s+/u)
    .slice(0, maxWords)
    .map((word) => searchText(word).match(wordParts) ?? [])
    .filter((words) => words.length > 0)
}

/**
 * A phrase as an FTS5 query. Whatever was typed, quotes, `*`, `NEAR`, only ever means itself. `open`: its last word
 * may be the beginning of one.
 */
export function phraseExpression(words: readonly string[], open: boolean): string {
  return `"${words.join(' ')}"${open && mayBegin(words.at(-1) ?? '') ? '*' : ''}`
}

/** Half the library has a word that begins with a given letter: one letter alone only means itself. */
function mayBegin(word: string): boolean {
  return word.length > 1
}

/** Marks hits in a snippet; control characters, so that nothing in the text can be mistaken for them. */
export const hitStart = '\u0002'
export const hitEnd = '\u0003'

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * The part of `text` around the first hit, with all hits marked, or null when no word of the query is in it. Written
 * without the index, which holds no text; words are compared folded, as the index does.
 */
export function snippetOf(text: string, phrases: readonly (readonly string[])[], width = 120): string | null {
  const wanted = phrases.flatMap((phrase, at) =>
    phrase.map((word, i) => ({
      word: fold(word),
      prefix: at === phrases.length - 1 && i === phrase.length - 1 && mayBegin(word),
    })),
  )
  const clean = text.replace(/[\u0002\u0003]/g, '').slice(0, 20_000)
  const hits: { start: number; end: number }[] = []
  // Not `matchAll`: it copies the expression, whose classes then take a millisecond to compile, for every text.
  piece.lastIndex = 0
  for (let found = piece.exec(clean); found; found = piece.exec(clean)) {
    const folded = (searchText(found[0]).match(wordParts) ?? []).map(fold).join('')
    if (wanted.some(({ word, prefix }) => (prefix ? folded.startsWith(word) : folded === word))) {
      const last = hits.at(-1)
      if (last && last.end === found.index) last.end += found[0].length
      else hits.push({ start: found.index, end: found.index + found[0].length })
    }
  }
  const first = hits[0]
  if (!first) return null
  const from = first.start <= width / 3 ? 0 : wordStart(clean, first.start - Math.floor(width / 3))
  const to = Math.min(clean.length, from + width)
  let out = from > 0 ? '…' : ''
  let at = from
  for (const { start, end } of hits) {
    if (end > to) break
    out += clean.slice(at, start) + hitStart + clean.slice(start, end) + hitEnd
    at = end
  }
  return (out + clean.slice(at, Math.max(at, to)) + (to < clean.length ? '…' : '')).replaceAll(/\s+/g, ' ')
}

// One unspaced character, one emoji, or one run of word characters.
const piece = new RegExp(
  `${unspaced.source}|${emoji.source}|(?:(?!${unspaced.source})[\\p{L}\\p{N}\\p{Co}][\\p{M}]*)+`,
  'gu',
)

function wordStart(text: string, from: number): number {
  const space = text.indexOf(' ', from)
  return space >= 0 && space - from < 20 ? space + 1 : from
}
