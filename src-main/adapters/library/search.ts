import type { Connection } from './connect.ts'
import { matchExpression, searchPhrases, snippetOf } from './search-text.ts'

/** One recording or clip that matches, with the text that does; see `recordings.search` of the contract. */
export interface SearchHit {
  recordingId: number
  clipId: number | null
  title: string
  snippet: string
}

export type Search = ReturnType<typeof createSearch>

/**
 * Ranking every row that holds a word such as "the" would take as long as there are rows. So at most this many, the
 * newest, are ranked; the rest of such a search nobody pages through.
 */
const ranked = 400

export function createSearch({ raw }: Connection) {
  // Weights: title, tags, game, reasons.
  const entries = raw.prepare<[string, number], { entry: number; rank: number }>(
    'SELECT rowid AS entry, bm25(search, 8, 4, 3, 1) AS rank FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?',
  )
  const lines = raw.prepare<[string, number], { line: number; rank: number }>(
    'SELECT rowid AS line, bm25(transcript_search) AS rank FROM transcript_search WHERE transcript_search MATCH ? ORDER BY rowid DESC LIMIT ?',
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

  return {
    /** Best first. Any text is a valid search; one without words finds nothing. */
    find(text: string, { limit = 50, offset = 0 }: { limit?: number; offset?: number } = {}): SearchHit[] {
      const match = matchExpression(text)
      if (match === null) return []
      const phrases = searchPhrases(text)
      const snippet = (...texts: string[]): string => {
        for (const part of texts) {
          const found = snippetOf(part, phrases)
          if (found !== null) return found
        }
        return texts.find((part) => part !== '')?.slice(0, 120) ?? ''
      }
      const found: { rank: number; hit: () => SearchHit | undefined }[] = []
      const seen = new Set<number>()
      for (const { entry, rank } of entries.all(match, ranked)) {
        seen.add(entry)
        found.push({ rank, hit: () => hitOf(entry, snippet) })
      }
      // Many lines of one recording may match: the best of them speaks for it, unless its title did already.
      const best = new Map<number, { line: number; rank: number }>()
      for (const candidate of lines.all(match, ranked)) {
        const id = recordingOfLine.get(candidate.line)?.id
        const before = id === undefined ? undefined : best.get(id)
        if (id !== undefined && !seen.has(2 * id) && (!before || candidate.rank < before.rank)) best.set(id, candidate)
      }
      for (const candidate of best.values()) {
        found.push({
          rank: candidate.rank,
          hit() {
            const row = line.get(candidate.line)
            return row && { recordingId: row.recordingId, clipId: null, title: row.title, snippet: snippet(row.text) }
          },
        })
      }
      return found
        .toSorted((a, b) => a.rank - b.rank)
        .slice(offset, offset + limit)
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
