import type { ChatMessage } from '../../src-shared/domain/chat.ts'

/** A seeded random number generator, 0 to 1: the same chat in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export interface ChatRecipe {
  seconds: number
  /** Everyday messages a minute. */
  perMinute?: number
  people?: number
  /** Bursts of excitement: at which second, how many messages. */
  spikes?: readonly (readonly [number, number])[]
  seed?: number
}

/** A chat that talks, and cheers at its spikes; times in seconds from 0, in order. */
export function makeChat({ seconds, perMinute = 30, people = 60, spikes = [], seed = 1 }: ChatRecipe): ChatMessage[] {
  const random = seeded(seed)
  const who = (): string => `viewer_${Math.floor(random() * people)}`
  const calm = Array.from({ length: Math.round((seconds / 60) * perMinute) }, () => ({
    time: random() * seconds,
    author: who(),
    text: 'so which of the maps comes after this one',
    emotes: 0,
  }))
  const bursts = spikes.flatMap(([at, count]) =>
    Array.from({ length: count }, () => ({ time: at - 4 + 8 * random(), author: who(), text: 'LETS GOOO', emotes: 0 })),
  )
  return [...calm, ...bursts]
    .map((message) => ({ ...message, time: Math.round(message.time * 1000) / 1000 }))
    .filter(({ time }) => time >= 0)
    .toSorted((a, b) => a.time - b.time)
}

/** TwitchDownloader's document. `startedAt`: milliseconds since 1970 of second 0. */
export function twitchJson(
  messages: readonly ChatMessage[],
  { startedAt, indent }: { startedAt?: number; indent?: number } = {},
): string {
  const comments = messages.map(({ time, author, text, emotes }, i) => ({
    _id: `id-${i}`,
    ...(startedAt !== undefined && { created_at: new Date(startedAt + time * 1000).toISOString() }),
    channel_id: '1',
    content_type: 'video',
    content_offset_seconds: time,
    commenter: { display_name: author, _id: `${author}-id`, name: author.toLowerCase(), bio: null },
    message: {
      body: text,
      bits_spent: 0,
      fragments: [{ text, emoticon: null }],
      user_badges: [{ _id: 'vip', version: '1' }],
      emoticons: Array.from({ length: emotes }, () => ({ _id: '25', begin: 0, end: 4 })),
    },
  }))
  return JSON.stringify(
    {
      FileInfo: { Version: { Major: 1, Minor: 4, Patch: 0 } },
      streamer: { name: 'comments', login: 'someone', id: 1 },
      video: { title: 'a "match", [comments] and {more}', chapters: [{ id: '1', comments: [{ nothing: 1 }] }] },
      comments,
      embeddedData: { thirdParty: [{ id: 'a', data: 'eHh4'.repeat(500) }], firstParty: [] },
    },
    null,
    indent,
  )
}

/** A time of day on the wall: `20:15:30`. */
const clockOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19)

/** `[20:15:30] <user> text`; whole seconds. `start`: seconds since midnight (or since 1970 with `dated`). */
export function logText(messages: readonly ChatMessage[], start: number, { dated = false } = {}): string {
  const stamp = (time: number): string => {
    const at = Math.floor(start + time)
    return dated ? new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ') : clockOf(at)
  }
  return messages.map(({ time, author, text }) => `[${stamp(time)}] <${author}> ${text}\n`).join('')
}

export function csvText(messages: readonly ChatMessage[], { separator = ',', end = '\n' } = {}): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const rows = messages.map(({ time, author, text }) => [String(time), quote(author), quote(text)].join(separator))
  return [['Time', 'Author', 'Message'].join(separator), ...rows, ''].join(end)
}
