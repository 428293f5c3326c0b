import type { ChatClock, ChatMessage } from '../../../src-shared/domain/chat.ts'
import { messageOf, type ChatParser } from './chat-parser.ts'
import { readTime, wallSeconds, zoneSeconds } from '../../../src-shared/domain/read-time.ts'
import { LineSplitter } from './split-lines.ts'

const DAY = 86_400

const dated = /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)\]?[ \t]+/i
const timed = /^(?:\[(\d{1,3}):(\d\d):(\d\d)(?:\.\d{1,6})?\]|(\d\d):(\d\d):(\d\d)(?=[ \t]+[<*]))[ \t]+/
/** Chatty's and Chatterino's: `# Start logging: 2026-11-22 20:15:30 +0100`. */
const header = /^#.{0,40}?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[ ]?(Z|UTC|GMT|[+-]\d\d:?\d\d))?/i
const bracketed = /^<[ ~&@%+!$^*]{0,4}([^<>\s][^<>]{0,99})>[ \t]?(.*)$/
/** Chatterino, and TwitchDownloader's text: `name: text`, or `Name (login): text`. */
const colon = /^([^\s:<>[\]#*][^\s:<>]{0,59})(?: \([^()\s]{1,60}\))?:[ \t](.*)$/
const action = /^\* ([^\s*<>:]{1,60}) (.*)$/
/** As the server sends it, with or without tags. */
const raw = /^(?:@(\S+) )?:([^\s!]{1,60})!\S+ PRIVMSG #?\S+ :(.*)$/

/**
 * Logs of chat and IRC clients: `[2026-11-22 20:15:30] <user> text`, `[20:15:30] <user> text`, `[20:15:30] user: text`,
 * and the server's own lines with `tmi-sent-ts`. Hours of one digit (`[0:12:34]`, TwitchDownloader's text) count from
 * the start of the broadcast. Times without a date run past midnight into the next day.
 */
export class LogChatParser implements ChatParser {
  clock: ChatClock | null = null
  readonly truncated = false
  private readonly lines = new LineSplitter()
  private bad = 0
  /** Midnight of the day that a header names, seconds since 1970, and its zone. */
  private midnight: number | null = null
  private zone: number | null = null
  private day = 0
  private last: number | null = null

  get skipped(): number {
    return this.bad + this.lines.overlong
  }

  push(text: string): ChatMessage[] {
    return this.lines.push(text).flatMap((line) => this.messageIn(line))
  }

  end(): ChatMessage[] {
    return this.lines.end().flatMap((line) => this.messageIn(line))
  }

  private messageIn(line: string): ChatMessage[] {
    if (line.trim() === '') return []
    if (line.startsWith('#')) {
      this.takeHeader(line)
      return []
    }
    const found = this.stamp(line)
    const rest = found === null ? line : line.slice(found.length)
    const said = whoSaidWhat(rest)
    // A line with a time and nobody who speaks is somebody joining, a raid, a ban: no message, and no mistake.
    if (said === null) {
      if (found === null) this.bad += 1
      return []
    }
    const time =
      said.sentAt === null ? (found?.time() ?? null) : { kind: 'absolute' as const, seconds: said.sentAt / 1000 }
    if (time === null) {
      this.bad += 1
      return []
    }
    const clock: ChatClock =
      this.clock ?? (time.kind === 'offset' ? { kind: time.kind, startedAt: null } : { kind: time.kind })
    this.clock = clock
    const message =
      clock.kind === time.kind ? messageOf(time.seconds, time.kind, said.author, said.text, said.emotes) : null
    if (message === null) this.bad += 1
    return message === null ? [] : [message]
  }

  /** The time that a line begins with; worked out only for messages, because it remembers the last one. */
  private stamp(line: string): { length: number; time: () => Stamp | null } | null {
    const date = dated.exec(line)
    if (date) return { length: date[0].length, time: () => readTime(date[1] ?? '') }
    const clock = timed.exec(line)
    if (!clock) return null
    const [whole] = clock
    const parts = [clock[1] ?? clock[4] ?? '', clock[2] ?? clock[5], clock[3] ?? clock[6]]
    const [hours = 0, minutes = 0, seconds = 0] = parts.map(Number)
    const since = hours * 3600 + minutes * 60 + seconds
    const counts = this.clock?.kind === 'offset' || (this.clock === null && (parts[0]?.length === 1 || hours > 23))
    return {
      length: whole.length,
      time: () => {
        if (minutes > 59 || seconds > 60) return null
        if (counts) return { kind: 'offset', seconds: since }
        return hours > 23 ? null : this.timeOfDay(since)
      },
    }
  }

  private timeOfDay(since: number): Stamp {
    let { day } = this
    if (this.last !== null && since < this.last - DAY / 2) {
      day += 1
      this.day = day
      this.last = since
      // A line of before midnight that comes a little late belongs to the day before.
    } else if (this.last !== null && since > this.last + DAY / 2) day -= 1
    else this.last = since
    const seconds = day * DAY + since
    if (this.midnight === null) return { kind: 'day', seconds: seconds + DAY }
    if (this.zone === null) return { kind: 'wall', seconds: this.midnight + seconds }
    return { kind: 'absolute', seconds: this.midnight + seconds - this.zone }
  }

  private takeHeader(line: string): void {
    const found = header.exec(line)
    if (!found || this.clock?.kind === 'day') return
    const [, year, month, day, hour, minute, second, zone] = found
    const midnight = wallSeconds([year, month, day].map(Number))
    if (midnight === null) return
    this.midnight = midnight
    if (zone !== undefined) this.zone = zoneSeconds(zone)
    this.day = 0
    this.last = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  }
}

interface Stamp {
  readonly kind: ChatClock['kind']
  readonly seconds: number
}

interface Said {
  author: string
  text: string
  emotes: number
  /** Milliseconds since 1970, where the server says. */
  sentAt: number | null
}

function whoSaidWhat(rest: string): Said | null {
  const line = raw.exec(rest)
  if (line) {
    const [, tags = '', author = '', text = ''] = line
    const sentAt = /(?:^|;)tmi-sent-ts=(\d{10,16})(?:;|$)/.exec(tags)?.[1]
    const emotes = /(?:^|;)emotes=([\d:,/-]*)/.exec(tags)?.[1] ?? ''
    return { author, text, emotes: emotes.split('-').length - 1, sentAt: sentAt === undefined ? null : Number(sentAt) }
  }
  const found = bracketed.exec(rest) ?? colon.exec(rest) ?? action.exec(rest)
  if (!found) return null
  const [, author = '', text = ''] = found
  return { author, text, emotes: 0, sentAt: null }
}
