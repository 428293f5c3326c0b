import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibrary, type Library } from '../../src-main/adapters/library/open-library.ts'
import { fillLibrary, type FillSize } from '../helpers/fill-library.ts'

export interface QueryTime {
  readonly query: string
  /** Milliseconds, of the calls after the first few. */
  readonly p50: number
  readonly p95: number
  /** Milliseconds of processor time, 95th percentile: what remains where other work disturbs the clock. */
  readonly cpuP95: number
}

/** Every list and search that the window, the API or the command line can ask for. */
export const libraryQueries: Record<string, (library: Library, n: number) => unknown> = {
  'recordings, newest': (l) => l.recordings.list({ order: 'newest' }),
  'recordings, newest, last page': (l) => l.recordings.list({ order: 'newest', offset: 4900 }),
  'recordings, oldest': (l) => l.recordings.list({ order: 'oldest' }),
  'recordings, by name': (l) => l.recordings.list({ order: 'name' }),
  'recordings, longest': (l) => l.recordings.list({ order: 'longest' }),
  'recordings of a state': (l) => l.recordings.list({ state: 'analysed' }),
  'recordings of a state, by name': (l) => l.recordings.list({ state: 'analysed', order: 'name' }),
  'recordings of a game': (l) => l.recordings.list({ game: 'Valorant' }),
  'recordings of a game, longest': (l) => l.recordings.list({ game: 'Valorant', order: 'longest' }),
  'recordings with clips': (l) => l.recordings.list({ hasClips: true }),
  'recordings without clips': (l) => l.recordings.list({ hasClips: false }),
  'recordings with a tag': (l) => l.recordings.list({ tag: 'funny' }),
  'recordings of a session': (l, n) => l.recordings.list({ sessionId: n + 1 }),
  'one recording': (l, n) => l.recordings.get(n + 1),
  games: (l) => l.recordings.games(),
  sessions: (l) => l.sessions.list(),
  'sessions, last page': (l) => l.sessions.list({ offset: 1600 }),
  'clips, best': (l) => l.clips.list({ order: 'best' }),
  'clips, best, last page': (l) => l.clips.list({ order: 'best', offset: 49_900 }),
  'clips, newest': (l) => l.clips.list({ order: 'newest' }),
  'clips, by time': (l) => l.clips.list({ order: 'time' }),
  'clips kept, best': (l) => l.clips.list({ state: 'kept', order: 'best' }),
  'clips kept, newest': (l) => l.clips.list({ state: 'kept', order: 'newest' }),
  'clips kept, by time': (l) => l.clips.list({ state: 'kept', order: 'time' }),
  'clips kept, best, last page': (l) => l.clips.list({ state: 'kept', order: 'best', offset: 24_900 }),
  'favourite clips, best': (l) => l.clips.list({ favourite: true, order: 'best' }),
  'favourite clips, newest': (l) => l.clips.list({ favourite: true, order: 'newest' }),
  'favourite clips that are kept': (l) => l.clips.list({ favourite: true, state: 'kept', order: 'best' }),
  'clips that are no favourites and kept': (l) => l.clips.list({ favourite: false, state: 'kept', order: 'newest' }),
  'clips with a tag, best': (l) => l.clips.list({ tag: 'ace', order: 'best' }),
  'clips with a tag, kept, newest': (l) => l.clips.list({ tag: 'ace', state: 'kept', order: 'newest' }),
  'clips of a recording, by time': (l, n) => l.clips.list({ recordingId: n + 1, order: 'time' }),
  'kept clips of a recording, best': (l, n) => l.clips.list({ recordingId: n + 1, state: 'kept', order: 'best' }),
  'segments of a recording': (l, n) => l.segments.list(n + 1),
  tags: (l) => l.clips.tags(),
  jobs: (l) => l.jobs.list(),
  'search, a rare word': (l) => l.search.find('überwatch 4321'),
  'search, a word of half the library': (l) => l.search.find('clutch'),
  'search, three common words': (l) => l.search.find('nice ace lucky'),
  'search, a word of every reason': (l) => l.search.find('minutes'),
  'search, a common word of speech': (l) => l.search.find('that'),
  'search, the beginning of a common word': (l) => l.search.find('clut'),
  'search, one letter': (l) => l.search.find('s'),
  'search, two letters': (l) => l.search.find('in'),
  'search, Chinese': (l) => l.search.find('原神'),
  'search, a phrase': (l) => l.search.find('sudden-loud-burst'),
  'search, nothing': (l) => l.search.find('qqqqq'),
}

export const fullSize: FillSize = { recordings: 5000, clipsEach: 10, linesEach: 10 }

/** Builds a library of 5,000 recordings and 50,000 clips in a temporary folder and times every query on it. */
export function benchLibrary(size: FillSize = fullSize, repeats = 40): QueryTime[] {
  const folder = mkdtempSync(join(tmpdir(), 'clutchcut-bench-library-'))
  try {
    const filling = openLibrary(folder)
    fillLibrary(filling, size)
    filling.close()
    const library = openLibrary(folder)
    const times = Object.entries(libraryQueries).map(([query, run]) => ({ query, ...timesOf(library, run, repeats) }))
    library.close()
    return times
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function timesOf(library: Library, run: (library: Library, n: number) => unknown, repeats: number) {
  const warmUp = 5
  const times: number[] = []
  const cpuTimes: number[] = []
  for (let n = 0; n < repeats + warmUp; n += 1) {
    const [start, cpuStart] = [performance.now(), process.cpuUsage()]
    run(library, n)
    const [time, cpu] = [performance.now() - start, process.cpuUsage(cpuStart)]
    if (n < warmUp) continue
    times.push(time)
    cpuTimes.push((cpu.user + cpu.system) / 1000)
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), cpuP95: percentile(cpuTimes, 0.95) }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

if (import.meta.main) {
  const ms = (value: number): string => `${value.toFixed(2).padStart(7)} ms`
  console.log(`${'5,000 recordings, 50,000 clips'.padEnd(42)}        p50        p95  processor p95`)
  for (const { query, p50, p95, cpuP95 } of benchLibrary()) {
    console.log(`${query.padEnd(42)} ${ms(p50)} ${ms(p95)} ${ms(cpuP95)}`)
  }
}
