import { describe, expect, it } from 'vitest'
import { chatCurvesOf, reasonCurves, trustOf } from '../../../../../src-main/stages/chat/chat-curves.ts'
import { collectMessages } from '../../../../../src-main/stages/chat/collect-messages.ts'
import { countMessages, type ChatCounts } from '../../../../../src-main/stages/chat/count-messages.ts'
import { estimateLag } from '../../../../../src-main/stages/chat/estimate-lag.ts'
import { markMessage, marks } from '../../../../../src-main/stages/chat/mark-message.ts'
import { weighChat, type WeighedChat } from '../../../../../src-main/stages/chat/weigh-chat.ts'
import { selectSegments } from '../../../../../src-main/stages/select/select-segments.ts'
import { chatCurves, countedRise, type ChatMessage } from '../../../../../src-shared/domain/chat.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { makeChat, seeded, type ChatRecipe } from '../../../../helpers/make-chat.ts'
import { bump, makeSignals, sumOf } from '../../../../helpers/make-signals.ts'

const unknownStart = { absolute: null, wall: null, zone: () => 0 }
const fromStart = { kind: 'offset', startedAt: null } as const

/** Scores of a recording in which nothing happens, and of one in which something does. */
const flat = (seconds: number): number[] => Array.from({ length: seconds * 2 }, () => 0.05)
const withEvents = (seconds: number, at: readonly number[], seed = 5): number[] => {
  const random = seeded(seed)
  const shape = sumOf(...at.map((second) => bump(second * 2, 0.6, 8)))
  return Array.from({ length: seconds * 2 }, (_, i) => Math.min(0.95, 0.04 + 0.04 * random() + shape(i)))
}
async function weigh(
  messages: readonly ChatMessage[],
  scores: readonly number[],
  offset: number | null = null,
): Promise<WeighedChat> {
  const log = await collectMessages(messages)
  return weighChat({ log, clock: fromStart, scores, start: unknownStart, offset })
}
async function counted(recipe: ChatRecipe): Promise<ChatCounts> {
  return countMessages(await collectMessages(makeChat(recipe)), 0, recipe.seconds * 2)!
}
const highest = (values: readonly number[]): number => values.indexOf(Math.max(...values)) / 2

describe('a planted spike', () => {
  const messages = makeChat({ seconds: 1800, spikes: [[920, 60]] })

  it('lifts the moment 20 s before it, and nothing else', async () => {
    const { scores, lag, trust } = await weigh(messages, flat(1800))
    expect(lag).toEqual({ slots: 40, measured: false })
    expect(trust).toBe(1)
    expect(Math.abs(highest(scores) - 900)).toBeLessThanOrEqual(4)
    expect(Math.max(...scores)).toBeGreaterThan(0.5)
    const elsewhere = scores.filter((_, i) => Math.abs(i / 2 - 900) > 20)
    expect(Math.max(...elsewhere)).toBeLessThan(0.15)
    // Most of the time a chat says nothing, and then the score is the one it was.
    expect(elsewhere.filter((score) => score === 0.05).length).toBeGreaterThan(elsewhere.length / 2)
  })

  it('is the first reason, in words a streamer uses', async () => {
    const { scores, counts, lag } = await weigh(messages, flat(1800))
    const quiet = makeSignals(3600, [{ id: 'audio.rms', track: 0, unit: 'dB', z: (i) => 0.3 * Math.sin(i) }])
    const signals = { ...quiet, curves: [...quiet.curves, ...reasonCurves(counts!, lag.slots)] }
    const duration = ticksFromSeconds(1800)
    const [first, ...others] = selectSegments({
      scores: { values: scores },
      signals,
      roles: ['game'],
      duration,
      cuts: [],
      top: null,
    })
    expect(first!.selected).toBe(true)
    expect(others.some(({ selected }) => selected)).toBe(false)
    expect(first!.reasons[0]).toMatchObject({ signal: 'chat.rate' })
    expect(first!.reasons[0]!.text).toMatch(/^Chat spike: \d+ times as many messages as in the 6 minutes around it$/)
    const factor = Number(/\d+/.exec(first!.reasons[0]!.text)![0])
    // 60 messages on top of five in ten seconds.
    expect(factor).toBeGreaterThanOrEqual(8)
    expect(factor).toBeLessThanOrEqual(20)
    expect(first!.reasons.map(({ signal }) => signal)).toContain('chat.hype')
  })

  it('that comes with a moment in the sound does not take the first place from it', async () => {
    const { scores, counts, lag } = await weigh(messages, withEvents(1800, [900]))
    const loud = makeSignals(3600, [
      { id: 'audio.rms', track: 0, unit: 'dB', z: bump(1800, 8, 12) },
      { id: 'packet.rate', unit: 'B/s', z: bump(1800, 8, 12) },
    ])
    const signals = { ...loud, curves: [...loud.curves, ...reasonCurves(counts!, lag.slots)] }
    const input = {
      scores: { values: scores },
      signals,
      roles: ['game' as const],
      duration: ticksFromSeconds(1800),
      cuts: [],
      top: 1,
    }
    const [first] = selectSegments(input)
    const named = first!.reasons.map(({ signal }) => signal)
    expect(named).toContain('audio.rms')
    expect(named).toContain('chat.rate')
    const without = selectSegments({ ...input, signals: loud })
    expect(without[0]!.reasons.every(({ signal }) => !signal.startsWith('chat'))).toBe(true)
  })

  it('of 95 is found in at least 90 % of chats of different liveliness', async () => {
    let found = 0
    let all = 0
    for (const perMinute of [10, 20, 40, 80, 200]) {
      for (let seed = 1; seed <= 19; seed++) {
        const spike = Math.max(15, perMinute / 2)
        const chat = makeChat({ seconds: 900, perMinute, people: 100, spikes: [[520, spike]], seed })
        const { scores } = await weigh(chat, flat(900))
        all += 1
        if (Math.abs(highest(scores) - 500) <= 6 && Math.max(...scores) > 0.15) found += 1
      }
    }
    expect(all).toBe(95)
    expect(found / all).toBeGreaterThanOrEqual(0.9)
  })
})

describe('a chat that says little', () => {
  it('changes nothing when it is empty of people: two friends and a bot', async () => {
    const friends = makeChat({ seconds: 900, people: 3, perMinute: 20, spikes: [[400, 60]] })
    const { scores, trust } = await weigh(friends, flat(900))
    expect(scores).toEqual(flat(900))
    expect(trust).toBe(0)
  })

  it('changes nothing when next to nothing is written', async () => {
    const { scores } = await weigh(makeChat({ seconds: 3600, perMinute: 1, people: 50 }), flat(3600))
    expect(scores).toEqual(flat(3600))
  })

  it('counts the more the livelier it is', async () => {
    const trusts: number[] = []
    for (const perMinute of [1, 3, 5, 7, 12]) {
      const counts = await counted({ seconds: 1800, perMinute, people: 40 })
      trusts.push(trustOf(counts, 40)[1800]!)
    }
    expect(trusts).toEqual(trusts.toSorted((a, b) => a - b))
    expect(trusts[0]).toBe(0)
    expect(trusts.at(-1)).toBe(1)
  })

  it('changes nothing when it lies beside the recording: a wrong clock', async () => {
    for (const offset of [5000, -5000]) {
      const { scores, counts } = await weigh(makeChat({ seconds: 900, spikes: [[400, 60]] }), flat(900), offset)
      expect(counts).toBeNull()
      expect(scores).toEqual(flat(900))
    }
  })

  it('selects next to nothing when nothing happens: at most two moments in 20 minutes', async () => {
    // What the signals' scorer says of a recording without any event.
    const usual = Array.from({ length: 2400 }, () => 0.085)
    for (const perMinute of [6, 20, 100]) {
      for (let seed = 1; seed <= 6; seed++) {
        const chat = makeChat({ seconds: 1200, perMinute, people: 100, seed })
        const { scores, counts, lag } = await weigh(chat, usual)
        const signals = makeSignals(2400, [])
        const curves = reasonCurves(counts!, lag.slots)
        const duration = ticksFromSeconds(1200)
        const found = selectSegments({
          scores: { values: scores },
          signals: { ...signals, curves },
          roles: [],
          duration,
          cuts: [],
          top: null,
        })
        expect(found.filter(({ selected }) => selected).length).toBeLessThanOrEqual(2)
      }
    }
  })

  it('never lowers a score', async () => {
    const scores = withEvents(1200, [300, 700])
    const { scores: fused } = await weigh(makeChat({ seconds: 1200, spikes: [[600, 80]] }), scores)
    for (const [i, score] of fused.entries()) expect(score).toBeGreaterThanOrEqual(scores[i]! - 1e-7)
  })

  it('that does not reach over the whole recording is silent elsewhere', async () => {
    const chat = makeChat({ seconds: 300, spikes: [[200, 60]] })
    const { scores } = await weigh(chat, flat(1800))
    expect(Math.abs(highest(scores) - 180)).toBeLessThanOrEqual(4)
    expect(scores.slice(2 * 320)).toEqual(flat(1800).slice(2 * 320))
  })
})

describe('the clock', () => {
  it('moved by hand moves the spike', async () => {
    const messages = makeChat({ seconds: 1800, spikes: [[920, 60]] })
    const { scores, placedBy } = await weigh(messages, flat(1800), -300)
    expect(placedBy).toBe('hand')
    expect(Math.abs(highest(scores) - 600)).toBeLessThanOrEqual(4)
  })
})

describe('the lag', () => {
  const events = [130, 320, 480, 700, 910, 1080, 1300, 1500, 1640, 1900, 2150, 2400, 2580, 2800, 3000, 3220, 3400]

  it.each([4, 11, 20, 33, 48])('of %d s is found', async (lag) => {
    const spikes = events.map((second) => [second + lag, 35] as const)
    const counts = await counted({ seconds: 3600, perMinute: 40, spikes })
    const found = estimateLag(withEvents(3600, events), counts)
    expect(found.measured).toBe(true)
    expect(Math.abs(found.slots / 2 - lag)).toBeLessThanOrEqual(3)
  })

  it('is 20 s when the chat has nothing to do with the recording, whatever the chat', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed * 77)
      const spikes = events.map(() => [Math.floor(random() * 3600), 35] as const)
      const counts = await counted({ seconds: 3600, perMinute: 40, spikes, seed })
      const found = estimateLag(withEvents(3600, events, seed), counts)
      expect({ seed, ...found }).toEqual({ seed, slots: 40, measured: false })
    }
  })

  it('is 20 s in a short recording', async () => {
    const counts = await counted({ seconds: 200, perMinute: 60, spikes: [[100, 60]] })
    expect(estimateLag(withEvents(200, [90]), counts)).toEqual({ slots: 40, measured: false })
  })
})

describe('curves', () => {
  it('are what they say they are', async () => {
    const counts = await counted({ seconds: 1200, perMinute: 30, spikes: [[620, 50]] })
    const curves = new Map(chatCurvesOf(counts, 40).map((curve) => [curve.id, curve]))
    expect([...curves.keys()]).toEqual(chatCurves.map(({ id }) => id))
    const rate = curves.get('chat.rate')!
    expect(rate.values).toHaveLength(2400)
    // About 30 a minute in all.
    const mean = rate.values.reduce((sum, value) => sum + value, 0) / rate.values.length
    expect(mean).toBeGreaterThan(25)
    expect(mean).toBeLessThan(40)
    expect(rate.z[1200]).toBeGreaterThan(3)
    expect(curves.get('chat.authors')!.values[1200]).toBeGreaterThan(20)
    for (const id of ['chat.hype', 'chat.caps', 'chat.short']) {
      const { values } = curves.get(id)!
      expect(values[1200]).toBeGreaterThan(0.7)
      expect(Math.max(...values.slice(0, 1000))).toBe(0)
    }
    expect(curves.get('chat.emotes')!.values.every((value) => value === 0)).toBe(true)
  })

  it('count people, not messages', async () => {
    const spam = Array.from({ length: 80 }, (_, i) => ({
      time: 600 + i / 10,
      author: 'One',
      text: 'hello there you',
      emotes: 0,
    }))
    const crowd = spam.map((message, i) => ({ ...message, author: `viewer ${i}` }))
    const authorsOf = async (messages: readonly ChatMessage[]): Promise<number> => {
      const counts = countMessages(await collectMessages(messages), 0, 2400)!
      return chatCurvesOf(counts, 0).find(({ id }) => id === 'chat.authors')!.values[1208]!
    }
    expect(await authorsOf(spam)).toBe(1)
    expect(await authorsOf(crowd)).toBeGreaterThan(70)
  })

  it('do not depend on the order of the file', async () => {
    const messages = makeChat({ seconds: 900, spikes: [[400, 60]] })
    expect(await weigh(messages.toReversed(), flat(900))).toEqual(await weigh(messages, flat(900)))
  })

  it('count rises from one usual spread to four', () => {
    expect([-3, 0, 1, 2, 5, 8, Number.NaN].map(countedRise)).toEqual([0, 0, 0, 1, 3, 3, 0])
    expect(chatCurves.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(4 / 3, 2)
  })
})

describe('marks', () => {
  const of = (text: string, author = 'a', emotes = 0): number | null => markMessage({ time: 0, author, text, emotes })
  it.each([
    ...['LOL', 'hahahaha', 'omg', 'POGGERS', "let's go!!", 'noooooo', 'gg', 'krass', 'incroyable', 'jajaja', 'kkkkk'],
    ...['mdr', 'vamos', 'хахаха', 'ㅋㅋㅋ', '草', 'すごい', '卧槽', 'wwww', '???'],
  ])('%s is hype', (text) => {
    expect(of(text)! & marks.hype).toBe(marks.hype)
  })
  it.each(['which map is this', 'when does it start', 'the go to answer', 'ha', 'no', 'I think so'])(
    '%s is not',
    (text) => {
      expect(of(text)! & marks.hype).toBe(0)
    },
  )
  it('emotes, by their names, as marked, and emoji', () => {
    for (const [text, emotes] of [
      ['Kappa', 0],
      ['so KEKW', 0],
      ['whatever', 1],
      ['nice 🔥', 0],
    ] as const) {
      expect(of(text, 'a', emotes)! & marks.emote).toBe(marks.emote)
    }
    expect(of('kappa maki')! & marks.emote).toBe(0)
  })
  it('capitals', () => {
    expect(of('WHAT WAS THAT')! & marks.caps).toBe(marks.caps)
    for (const text of ['What was that', 'OK', 'KEKW', '123 456', 'すごい']) expect(of(text)! & marks.caps).toBe(0)
  })
  it('leave out commands and bots', () => {
    expect(of('!uptime')).toBeNull()
    expect(of('hello', 'Nightbot')).toBeNull()
    expect(of('!!!')).not.toBeNull()
  })
})
