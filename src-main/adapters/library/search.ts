import type { Connection } from './connect.ts'
import { phraseExpression, searchPhrases, snippetOf } from './search-text.ts'

/** One recording or clip that matches, with the text that does; see `recordings.search` of the contract. */
export interface SearchHit {
  recordingId: number
  clipId: number | null
  title: string
  snippet: string
}

export type Search = ReturnType<typeof createSearch>

/**
 * To rank by BM25, FTS5 goes through every row that has one of the words. Where a word is in more rows than this, hits
 * come newest first instead, those in titles before the others.
 */
const rare = 1500
/** Nobody pages further. */
const deepest = 1000

interface Found {
  readonly rank: number
  readonly hit: () => SearchHit | undefined
}

export function createSearch({ raw }: Connection) {
  const counts = ['search', 'transcript_search'].map((table) =>
    raw.prepare<[string, number], { n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT ?)`,
    ),
  )
  // Weights: title, tags, game, reasons.
  const rankedEntries = raw.prepare<[string, number], { entry: number; rank: number }>(
    'SELECT rowid AS entry, bm25(search, 8, 4, 3, 1) AS rank FROM search WHERE search MATCH ? ORDER BY rank, rowid DESC LIMIT ?',
  )
  const newestEntries = raw.prepare<[string, number], { entry: number }>(
    'SELECT rowid AS entry FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?',
  )
  const rankedLines = raw.prepare<[string, number], { line: number; rank: number }>(
    'SELECT rowid AS line, bm25(transcript_search) AS rank FROM transcript_search WHERE transcript_search MATCH ? ORDER BY rank, rowid DESC LIMIT ?',
  )
  const newestLines = raw.prepare<[string, number], { line: number }>(
    'SELECT rowid AS line FROM transcript_search WHERE transcript_search MATCH ? ORDER BY rowid DESC LIMIT ?',
  )
  const recording = raw.prepare<[number], { title: string; game: string; tags: string }>(
    'SELECT title, game, tags FROM search_recordings WHERE recording_id = ?',
  )
  const clip = raw.prepare<
    [number],
    { recording_id: number; title: string; game: string; tags: string; reasons: string }
  >('SELECT recording_id, title, game, tags, reasons FROM search_clips WHERE clip_id = ?')
  const line = raw.prepare<[number], { recordingId: number; title: string; text: string }>(
    'SELECT recording_id AS recordingId, title, text FROM transcripts t JOIN recordings r ON r.id = t.recording_id WHERE t.id = ?',
  )
  const recordingOfLine = raw.prepare<[number], { id: number }>(
    'SELECT recording_id AS id FROM transcripts WHERE id = ?',
  )

  const isRare = (phrase: string): boolean => counts.every((count) => (count.get(phrase, rare + 1)?.n ?? 0) <= rare)

  /**
   * The query for rows with every phrase, the last word being typed still. A last word that is in many rows as it is
   * needs no longer ones: for a beginning, FTS5 must first put together all rows of all words that begin so.
   */
  const expressionOf = (phrases: readonly string[][]): { match: string; allRare: boolean } => {
    const closed = phrases.map((words) => phraseExpression(words, false))
    const allRareSoFar = closed.every(isRare)
    const last = phrases.at(-1) ?? []
    const open = phraseExpression(last, true)
    const useOpen = open !== closed.at(-1) && isRare(closed.at(-1) ?? '')
    const match = (useOpen ? [...closed.slice(0, -1), open] : closed).join(' AND ')
    return { match, allRare: allRareSoFar && (!useOpen || isRare(open)) }
  }

  /** Entry numbers with ranks, best (lowest) first. */
  const entriesOf = (match: string, allRare: boolean, most: number): { entry: number; rank: number }[] => {
    if (allRare) return rankedEntries.all(match, most)
    const inTitles = newestEntries.all(`{title} : (${match})`, most).map(({ entry }) => ({ entry, rank: -2 }))
    if (inTitles.length === most) return inTitles
    const titles = new Set(inTitles.map(({ entry }) => entry))
    const others = newestEntries.all(match, most).filter(({ entry }) => !titles.has(entry))
    return [...inTitles, ...others.map(({ entry }) => ({ entry, rank: -1 }))]
  }
  const linesOf = (match: string, allRare: boolean, most: number): { line: number; rank: number }[] =>
    allRare ? rankedLines.all(match, most) : newestLines.all(match, most).map((row) => ({ ...row, rank: 0 }))

  return {
    /** Best first. Any text is a valid search; one without words finds nothing. */
    find(text: string, { limit = 50, offset = 0 }: { limit?: number; offset?: number } = {}): SearchHit[] {
      const phrases = searchPhrases(text)
      const most = Math.min(offset + limit, deepest)
      if (phrases.length === 0 || offset >= most) return []
      const { match, allRare } = expressionOf(phrases)
      const snippet = (...texts: string[]): string => {
        for (const part of texts) {
          const found = snippetOf(part, phrases)
          if (found !== null) return found
        }
        return texts.find((part) => part !== '')?.slice(0, 120) ?? ''
      }
      const found: Found[] = entriesOf(match, allRare, most).map(({ entry, rank }) => ({
        rank,
        hit: () => hitOf(entry, snippet),
      }))
      // Many lines of one recording may match: the best of them speaks for it.
      const told = new Set<number>()
      for (const { line: id, rank } of linesOf(match, allRare, most)) {
        const recordingId = recordingOfLine.get(id)?.id
        if (recordingId === undefined || told.has(recordingId)) continue
        told.add(recordingId)
        found.push({
          rank,
          hit() {
            const row = line.get(id)
            return row && { recordingId, clipId: null, title: row.title, snippet: snippet(row.text) }
          },
        })
      }
      return found
        .toSorted((a, b) => a.rank - b.rank)
        .slice(offset, most)
        .flatMap(({ hit }) => hit() ?? [])
    },
  }

  function hitOf(entry: number, snippet: (...texts: string[]) => string): SearchHit | undefined {
    if (entry % 2 === 0) {
      const row = recording.get(entry / 2)
      return (
        row && {
          recordingId: entry / 2,
          clipId: null,
          title: row.title,
          snippet: snippet(row.title, row.tags, row.game),
        }
      )
    }
    const clipId = (entry - 1) / 2
    const row = clip.get(clipId)
    return (
      row && {
        recordingId: row.recording_id,
        clipId,
        title: row.title,
        snippet: snippet(row.title, row.tags, row.reasons, row.game),
      }
    )
  }
}
