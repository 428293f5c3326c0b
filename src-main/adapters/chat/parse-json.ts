import type { ChatClock, ChatMessage } from '../../../src-shared/domain/chat.ts'
import { messageOf, type ChatParser } from './chat-parser.ts'
import { readTime, type ReadTime } from '../../../src-shared/domain/read-time.ts'
import { JsonElements } from './json-elements.ts'
import { LineSplitter } from './split-lines.ts'

type Fields = Readonly<Record<string, unknown>>

/** Seconds into the broadcast, by the names that programs give them; TwitchDownloader's first. */
const offsetFields = ['content_offset_seconds', 'time_in_seconds', 'offset_seconds', 'offset']
const absoluteFields = ['created_at', 'tmi_sent_ts', 'timestamp', 'time', 'date']

/**
 * Chat as JSON: TwitchDownloader's document (`comments`), an array of messages, or one message a line (`lines`), as
 * several chat downloaders write them. What is no object with a time is skipped.
 */
export class JsonChatParser implements ChatParser {
  clock: ChatClock | null = null
  private readonly elements = new JsonElements()
  private readonly lines: LineSplitter | null
  private bad = 0
  private ended = false

  constructor({ lines }: { lines: boolean }) {
    this.lines = lines ? new LineSplitter() : null
  }

  get skipped(): number {
    return this.bad + this.elements.overlong + (this.lines?.overlong ?? 0)
  }

  get truncated(): boolean {
    return this.ended && this.lines === null && !this.elements.complete
  }

  push(text: string): ChatMessage[] {
    const texts = this.lines === null ? this.elements.push(text) : this.lines.push(text)
    return this.messagesOf(texts)
  }

  end(): ChatMessage[] {
    this.ended = true
    return this.lines === null ? [] : this.messagesOf(this.lines.end())
  }

  private messagesOf(texts: readonly string[]): ChatMessage[] {
    const messages: ChatMessage[] = []
    for (const text of texts) {
      if (text.trim() === '') continue
      const message = this.messageIn(text)
      if (message === null) this.bad += 1
      else messages.push(message)
    }
    return messages
  }

  private messageIn(text: string): ChatMessage | null {
    const fields = fieldsOf(parse(text))
    if (fields === null) return null
    const time = timeOf(fields)
    if (time === null) return null
    const clock: ChatClock =
      this.clock ??
      (time.kind === 'offset' ? { kind: 'offset', startedAt: startOf(fields, time) } : { kind: time.kind })
    this.clock = clock
    if (clock.kind !== time.kind) return null
    return messageOf(time.seconds, time.kind, authorOf(fields), textOf(fields), emotesOf(fields))
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function timeOf(fields: Fields): ReadTime | null {
  for (const name of offsetFields) {
    const value = fields[name]
    if (typeof value === 'number' && Number.isFinite(value))
      return value < 0 ? null : { kind: 'offset', seconds: value }
  }
  return absoluteOf(fields)
}

function absoluteOf(fields: Fields): ReadTime | null {
  for (const name of absoluteFields) {
    const value = fields[name]
    const time = typeof value === 'number' || typeof value === 'string' ? readTime(String(value)) : null
    if (time !== null) return time
  }
  return null
}

/** When the broadcast began, where a message has both its times. */
function startOf(fields: Fields, offset: ReadTime): number | null {
  const absolute = absoluteOf(fields)
  return absolute?.kind === 'absolute' ? absolute.seconds - offset.seconds : null
}

function authorOf(fields: Fields): string {
  for (const name of ['commenter', 'author', 'user', 'username', 'display_name', 'name']) {
    const value = fields[name]
    if (typeof value === 'string') return value
    const person = fieldsOf(value)
    const known = person && ['display_name', 'name', 'login', '_id', 'id'].map((key) => person[key])
    const first = known?.find((entry) => typeof entry === 'string' && entry !== '')
    if (typeof first === 'string') return first
  }
  return ''
}

function textOf(fields: Fields): string {
  const message = fieldsOf(fields['message'])
  for (const value of [message?.['body'], fields['message'], fields['text'], fields['body'], message?.['text']]) {
    if (typeof value === 'string') return value
  }
  return ''
}

function emotesOf(fields: Fields): number {
  const message = fieldsOf(fields['message'])
  const marked = message?.['emoticons'] ?? fields['emotes']
  if (Array.isArray(marked) && marked.length > 0) return marked.length
  const fragments = message?.['fragments']
  if (!Array.isArray(fragments)) return 0
  return fragments.filter((fragment) => fieldsOf(fieldsOf(fragment)?.['emoticon']) !== null).length
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}
