import { createHash } from 'node:crypto'
import type { Library } from '../../src-main/adapters/library/open-library.ts'
import { write } from '../../src-main/adapters/library/connect.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { clipOfSegment } from '../../src-shared/domain/clip.ts'
import { makeMedia } from './make-media-info.ts'

/** Numbers that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const fakeFingerprint = (text: string): string => createHash('sha256').update(text).digest('hex')

const games = [
  'Valorant',
  'Counter-Strike 2',
  'Apex Legends',
  'Rocket League',
  'OpenArena',
  'Elden Ring',
  '原神',
  'Überwatch',
]
const words =
  'ace clutch triple kill spray headshot flick rotate plant defuse nice insane lucky whiff peek smoke flash'.split(' ')
const reasons = [
  'Sudden loud burst',
  'Shouting on the microphone',
  'Fast motion',
  'Quiet before, loud after',
  'Many cuts',
]
const tags = ['funny', 'ace', 'fail', 'highlight', 'to post', 'ランク']

const syllables = 'ka lo mi ten ra su pel do vin ar est ko ju ne fi gra wo hal ti be'.split(' ')
const small = 'the a to and i you it of that is in we this so for on my he what got go one no up like oh'.split(' ')
const spoken = Array.from({ length: 4000 }, (_, i) => {
  if (i < small.length) return small[i]!
  const parts = [i % 20, Math.floor(i / 20) % 20, Math.floor(i / 400) % 20].map((n) => syllables[n])
  return i % 25 === 1 ? words[Math.floor(i / 25) % words.length]! : parts.join('')
})

export interface FillSize {
  recordings: number
  clipsEach: number
  linesEach: number
}

/** Fills a library with streams of three files each, with clips, tags and speech: much alike, as a streamer's are. */
export function fillLibrary(library: Library, { recordings, clipsEach, linesEach }: FillSize): void {
  const random = seededRandom(1)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  // Speech has few common words and many rare ones (Zipf).
  const said = (): string => spoken[Math.min(spoken.length - 1, Math.floor(spoken.length ** random()) - 1)]!
  const speech = (length: number): string => Array.from({ length }, said).join(' ')
  const sentence = (length: number): string => Array.from({ length }, () => pick(words)).join(' ')
  const first = Date.UTC(2021, 0, 1)
  // Written past the repositories, which prepare each statement anew: these are many.
  const { raw } = library.connection
  const addSegment = raw.prepare(
    `INSERT INTO segments (recording_id, model_id, model_version, ordinal, start_ticks, end_ticks, peak_ticks, score, selected, reasons, made_at)
      VALUES (?, 'highlights', '1.0.0', ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addRender = raw.prepare(
    `INSERT INTO renders (clip_id, path, kind, start_ticks, end_ticks, cut, verified, plan_hash, size, mtime_ms, made_at)
      VALUES (?, ?, 'landscape', ?, ?, 'copy', 0, ?, 1, 1, 1)`,
  )
  const makeFavourite = raw.prepare('UPDATE clips SET favourite = 1, decided = 1 WHERE id = ?')
  write(library.connection, () => {
    for (let i = 0; i < recordings; i += 1) {
      const stream = Math.floor(i / 3)
      const start = new Date(first + stream * 20 * 3600_000 + (i % 3) * 3600_000)
      const stamp = start.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-')
      const fingerprint = fakeFingerprint(`recording ${i}`)
      const game = pick(games)
      const saved = library.recordings.save(
        { fingerprint, path: `/videos/${stamp}.mkv`, size: 5_000_000_000 + i, mtimeMs: start.getTime() },
        start.getTime(),
        { title: `${game} ${sentence(2)} ${i}`, game },
      )
      library.recordings.saveMedia(fingerprint, makeMedia({ duration: 3600 * TICKS_PER_SECOND }))
      library.recordings.setState(fingerprint, i % 10 === 0 ? 'new' : 'analysed')
      if (i % 4 === 0) library.recordings.setTags(saved.id, [pick(tags)])
      const segments = Array.from({ length: clipsEach }, (_, n): Segment => {
        const peak = (n + 1) * 300 * TICKS_PER_SECOND
        const span = { start: peak - 12 * TICKS_PER_SECOND, end: peak + 8 * TICKS_PER_SECOND, peak }
        const text = `${pick(reasons)}, ${Math.round(random() * 30)} dB over the last 3 minutes`
        return {
          ...span,
          score: random(),
          selected: n % 2 === 0,
          reasons: [{ signal: 'audio.onset', weight: 1, text }],
        }
      })
      for (const [ordinal, { start: from, end, peak, score, selected, reasons: why }] of segments.entries()) {
        addSegment.run(
          saved.id,
          ordinal,
          from,
          end,
          peak,
          score,
          selected ? 1 : 0,
          JSON.stringify(why),
          start.getTime(),
        )
      }
      const found = segments.map((segment) => ({
        ...clipOfSegment(fingerprint, segment, null),
        // Half of them, as if somebody had decided.
        state: segment.selected ? ('kept' as const) : ('candidate' as const),
        title: `${sentence(3)} ${i}`,
        tags: random() < 0.2 ? [pick(tags)] : [],
      }))
      for (const clip of library.clips.saveFound(fingerprint, found, start.getTime())) {
        if (clip.state !== 'kept') continue
        const path = `/clips/${clip.id}.mp4`
        addRender.run(clip.id, path, clip.start, clip.end, fakeFingerprint(path))
        if (random() < 0.05) makeFavourite.run(clip.id)
      }
      const lines = Array.from({ length: linesEach }, (_, n) => ({
        start: n * 10 * TICKS_PER_SECOND,
        end: (n * 10 + 8) * TICKS_PER_SECOND,
        text: speech(12),
      }))
      library.transcripts.replace(fingerprint, lines)
    }
  })
  library.sessions.regroup(first)
}
