import { z } from 'zod'
import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import { belongTogether, cleanText } from '../../../src-shared/domain/captions-text.ts'
import { TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'
import { WordList } from './word-list.ts'

const seconds = z.number().min(0).max(1e7)
const milliseconds = z.object({ from: z.number().min(0), to: z.number().min(0) })
const probability = z.number().min(0).max(1).optional().catch(undefined)
const name = z.string().max(200).optional().catch(undefined)

/** openai-whisper, faster-whisper and WhisperX; the last leaves times out where it found none. */
const wordSchema = z.object({
  word: z.string(),
  start: seconds.optional(),
  end: seconds.optional(),
  probability,
  score: probability,
  speaker: name,
})
/** whisper.cpp, with `--output-json-full` for the tokens. */
const tokenSchema = z.object({ text: z.string(), offsets: milliseconds, p: probability })
const segmentSchema = z.object({
  start: seconds.optional(),
  end: seconds.optional(),
  offsets: milliseconds.optional(),
  text: z.string().optional(),
  speaker: name,
  words: z.array(z.unknown()).optional().catch(undefined),
  tokens: z.array(z.unknown()).optional().catch(undefined),
})
const documentSchema = z.object({
  language: name,
  result: z.object({ language: name }).optional().catch(undefined),
  segments: z.array(z.unknown()).optional(),
  transcription: z.array(z.unknown()).optional(),
  words: z.array(z.unknown()).optional(),
})

interface Said {
  /** With the white space that it is written with. */
  text: string
  start: number
  end: number
  confidence?: number | undefined
  speaker?: string | undefined
}

/** What speech recognition of Whisper's family writes as JSON; null for another document. */
export function parseWhisper(document: unknown): { list: WordList; language: string | null } | null {
  const read = documentSchema.safeParse(Array.isArray(document) ? { segments: document } : document)
  if (!read.success) return null
  const { segments, transcription, words, language, result } = read.data
  const given = segments ?? transcription
  if (given === undefined && words === undefined) return null
  const list = new WordList()
  // The service's answer has its words beside the segments.
  if (words !== undefined && !(given ?? []).some(hasWords)) addSaid(list, saidOf(words))
  else for (const [i, segment] of (given ?? []).entries()) addSegment(list, segment, i + 1)
  return { list, language: language ?? result?.language ?? null }
}

const hasWords = (segment: unknown): boolean => {
  const read = segmentSchema.safeParse(segment)
  return read.success && (read.data.words?.length ?? 0) > 0
}

/** Segments have no lines: they are counted. */
function addSegment(list: WordList, segment: unknown, number: number): void {
  const read = segmentSchema.safeParse(segment)
  const told = JSON.stringify(segment) ?? ''
  if (!read.success) return list.skip(number, told)
  const { words = [], tokens = [], offsets, text = '', speaker } = read.data
  const said = words.length > 0 ? saidOf(words) : tokensOf(tokens)
  // A token may end within a character, which only the segment then shows.
  const broken = said.some((one) => one.text.includes('\ufffd')) && !text.includes('\ufffd')
  if (said.length > 0 && !broken) {
    if (
      !addSaid(
        list,
        said.map((one) => ({ speaker, ...one })),
      )
    )
      list.skip(number, told)
    return
  }
  const start = read.data.start ?? (offsets === undefined ? undefined : offsets.from / 1000)
  const end = read.data.end ?? (offsets === undefined ? undefined : offsets.to / 1000)
  if (text.trim() === '') return
  const cue = { start: ticks(start ?? -1), end: ticks(end ?? -1), text }
  if (!list.addCue([cue], speaker === undefined ? {} : { speaker })) list.skip(number, told)
}

const ticks = (value: number): number => Math.round(value * TICKS_PER_SECOND)

/** Words without times get what is between their neighbours'. */
function saidOf(words: readonly unknown[]): Said[] {
  const read = words.flatMap((word) => {
    const one = wordSchema.safeParse(word)
    return one.success ? [one.data] : []
  })
  let last = read.find(({ start }) => start !== undefined)?.start
  if (last === undefined) return []
  return read.map(({ word, start, end, probability: p, score, speaker }, i) => {
    const next = read.slice(i + 1).find((other) => other.start !== undefined)?.start
    const from: number = start ?? last ?? 0
    const to = end ?? Math.max(from, next ?? from)
    last = to
    return { text: word, start: from, end: to, confidence: p ?? score, ...(speaker !== undefined && { speaker }) }
  })
}

function tokensOf(tokens: readonly unknown[]): Said[] {
  return tokens.flatMap((token) => {
    const read = tokenSchema.safeParse(token)
    // `[_BEG_]` and `[_TT_50]` are not said.
    if (!read.success || /^\[_.*\]$/.test(read.data.text)) return []
    const { text, offsets, p } = read.data
    return [{ text, start: offsets.from / 1000, end: offsets.to / 1000, confidence: p }]
  })
}

/** Whisper writes the space before a word with it; others leave all spaces out. */
function addSaid(list: WordList, said: readonly Said[]): boolean {
  const spaced = said.some(({ text }) => /^\s/.test(text))
  let before: string | null = null
  const words = said.flatMap(({ text, start, end, confidence, speaker }): CaptionWord[] => {
    const shown = cleanText(text).trim()
    if (shown === '') return []
    const joined = before !== null && (spaced ? !/^\s/.test(text) : belongTogether(before, shown))
    before = shown
    return [
      {
        start: ticks(start),
        end: ticks(Math.max(start, end)),
        text: shown,
        ...(joined && { joined }),
        ...(confidence !== undefined && { confidence }),
        ...(speaker !== undefined && { speaker }),
      },
    ]
  })
  return list.addWords(words)
}
