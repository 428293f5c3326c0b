import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCaptions, readCaptions } from '../../../../../src-main/adapters/captions/read-captions.ts'
import type { Transcript } from '../../../../../src-shared/contract/captions.ts'
import { transcriptSchema } from '../../../../../src-shared/contract/captions.ts'
import { formatSubRip, formatWebVtt } from '../../../../../src-shared/domain/captions-subtitles.ts'
import { secondsFromTicks, ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-captions')
function parse(text: string): Transcript {
  const list = parseCaptions(text)
  if (!('words' in list)) throw new Error(`no captions: ${JSON.stringify(list.complaint)}`)
  return list
}
/** `0-0.5 hello`, a `+` before what is joined to the word before it. */
const brief = ({ words }: Transcript): string[] =>
  words.map(({ start, end, text, joined }) => {
    const at = (time: number): number => Math.round(secondsFromTicks(time) * 1000) / 1000
    return `${at(start)}-${at(end)} ${joined === true ? '+' : ''}${text}`
  })

describe('SubRip', () => {
  it('is read with and without hours, tags, numbers and commas, and spread over its words', () => {
    const text = `1\r\n00:00:01,000 --> 00:00:02,000 X1:40\r\n<i>go now</i>\r\n\r\n00:03.5 --> 00:04.5\r\n{\\an8}<font color="red">left</font>\r\n`
    const list = parse(text)
    expect(list.format).toBe('srt')
    expect(brief(list)).toEqual(['1-1.429 go', '1.429-2 now', '3.5-4.5 left'])
    expect(list.words.map(({ closes }) => closes ?? false)).toEqual([false, true, true])
  })

  it('is read where the empty lines between its captions are missing', () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n'
    expect(brief(parse(text))).toEqual(['1-2 one', '2-3 two'])
  })

  it('loses only what is broken, and says where', () => {
    const text = '1\n00:00:01,000 -> 00:00:02,000\none\n\nnonsense\n\n3\n00:00:09,000 --> 00:00:08,000\nback\n'
    const list = parse(text)
    expect(brief(list)).toEqual(['1-2 one'])
    expect(list).toMatchObject({ skipped: 2, firstSkipped: { line: 5, text: 'nonsense' } })
  })

  it('that overlaps itself is put one after the other', () => {
    const text = '00:00:01,000 --> 00:00:05,000\nlong\n\n00:00:02,000 --> 00:00:03,000\nshort\n'
    expect(brief(parse(text))).toEqual(['1-2 long', '2-3 short'])
  })
})

describe('WebVTT', () => {
  it('is read with the times of its words, its voices and its entities', () => {
    const text = `WEBVTT - made by hand\nKind: captions\n\nNOTE not\nsaid\n\nSTYLE\n::cue{}\n\nid\n00:01.000 --> 00:04.000 align:start\n<v Anna>Hello <00:00:02.000><c>you</c> <00:00:03.500>&amp; me`
    const list = parse(text)
    expect(brief(list)).toEqual(['1-2 Hello', '2-3.5 you', '3.5-3.7 &', '3.7-4 me'])
    expect(list.words.map(({ speaker }) => speaker)).toEqual(['Anna', 'Anna', 'Anna', 'Anna'])
    expect(list).toMatchObject({ format: 'vtt', skipped: 0 })
  })

  it('keeps its text where its times go back', () => {
    expect(brief(parse('WEBVTT\n\n00:01.000 --> 00:03.000\na <00:09.000>b <00:02.000>c'))).toEqual([
      '1-1.5 a',
      '1.5-2 b',
      '2-3 c',
    ])
  })
})

describe('ASS', () => {
  const head =
    '[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'

  it('is read with its karaoke, without its overrides and drawings', () => {
    const text = `${head}Dialogue: 0,0:00:01.00,0:00:03.00,Default,Ben,0,0,0,,{\\k50}Well, {\\kf100\\b1}hel{\\k25}lo
Comment: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,not said
Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,one\\Ntwo\\h\\{three\\}
Dialogue: broken`
    const list = parse(text)
    expect(brief(list)).toEqual([
      '1-1.5 Well,',
      '1.5-2.5 hel',
      '2.5-2.75 +lo',
      '5-5.25 one',
      '5.25-5.5 two',
      '5.5-6 {three}',
    ])
    expect(list).toMatchObject({ format: 'ass', skipped: 1, firstSkipped: { line: 10 } })
    expect(list.words[0]?.speaker).toBe('Ben')
  })
})

describe("Whisper's JSON", () => {
  it('of openai-whisper and faster-whisper is read with its spaces and probabilities', () => {
    const words = [
      { word: ' Let', start: 0, end: 0.2, probability: 0.9 },
      { word: "'s", start: 0.2, end: 0.3, probability: 0.8 },
      { word: ' go!', start: 0.3, end: 0.8, probability: 2 },
    ]
    const list = parse(
      JSON.stringify({ text: 'x', language: 'en', segments: [{ id: 0, start: 0, end: 1, text: 'x', words }] }),
    )
    expect(brief(list)).toEqual(['0-0.2 Let', "0.2-0.3 +'s", '0.3-0.8 go!'])
    expect(list).toMatchObject({
      format: 'whisper',
      language: 'en',
      words: [{ confidence: 0.9 }, {}, { closes: true }],
    })
  })

  it('of WhisperX has no spaces and misses times', () => {
    const words = [
      { word: 'in', start: 1, end: 1.2, score: 0.5 },
      { word: '2026' },
      { word: 'won', start: 2, end: 2.5 },
    ]
    const list = parse(JSON.stringify({ segments: [{ start: 1, end: 3, text: 'x', words, speaker: 'SPEAKER_00' }] }))
    expect(brief(list)).toEqual(['1-1.2 in', '1.2-2 2026', '2-2.5 won'])
    expect(list.words[1]?.speaker).toBe('SPEAKER_00')
    const chinese = [
      { word: '今', start: 1, end: 1.2 },
      { word: '天', start: 1.2, end: 1.5 },
      { word: 'GG', start: 2, end: 3 },
    ]
    expect(brief(parse(JSON.stringify({ segments: [{ words: chinese }] })))).toEqual([
      '1-1.2 今',
      '1.2-1.5 +天',
      '2-3 GG',
    ])
  })

  it('of whisper.cpp has tokens, or segments only', () => {
    const tokens = [
      { text: '[_BEG_]', offsets: { from: 0, to: 0 } },
      { text: ' un', offsets: { from: 0, to: 200 }, p: 0.7 },
      { text: 'real', offsets: { from: 200, to: 500 }, p: 0.7 },
    ]
    const offsets = { from: 0, to: 1000 }
    const document = {
      result: { language: 'en' },
      transcription: [
        { offsets, text: ' unreal', tokens },
        { offsets: { from: 1000, to: 2000 }, text: ' go now' },
      ],
    }
    const list = parse(JSON.stringify(document))
    expect(brief(list)).toEqual(['0-0.2 un', '0.2-0.5 +real', '1-1.429 go', '1.429-2 now'])
    expect(list.language).toBe('en')
    const torn = [{ text: '\ufffd', offsets: { from: 0, to: 500 } }]
    expect(brief(parse(JSON.stringify({ transcription: [{ offsets, text: '天', tokens: torn }] })))).toEqual(['0-1 天'])
  })

  it('of the service has its words beside the segments', () => {
    const document = { words: [{ word: 'go', start: 1, end: 2 }], segments: [{ start: 1, end: 2, text: 'go' }] }
    expect(brief(parse(JSON.stringify(document)))).toEqual(['1-2 go'])
  })
})

describe('a file', () => {
  const complaint = async (content: string | Uint8Array): Promise<{ code: string; message: string }> => {
    const path = join(folder, 'some.srt')
    writeFileSync(path, content)
    return readCaptions(path).then(
      () => ({ code: 'none', message: '' }),
      ({ code, message }: { code: string; message: string }) => ({ code, message }),
    )
  }

  it('is understood in UTF-16 too', async () => {
    const path = join(folder, 'wide.srt')
    writeFileSync(path, Buffer.from('\ufeff00:00:01,000 --> 00:00:02,000\nשלום\n', 'utf16le'))
    expect(brief(await readCaptions(path))).toEqual(['1-2 שלום'])
  })

  it('without captions is refused, with the line that is none', async () => {
    expect(await complaint('\nHello there\nmore\n')).toMatchObject({
      code: 'input/unsupported',
      message: expect.stringContaining('Line 2 is none: "Hello there".') as unknown,
    })
    expect(await complaint('{"segments": [')).toMatchObject({ code: 'input/unsupported' })
    expect(await complaint('WEBVTT\n\n00:01.000 --> 00:02.000\n\n')).toMatchObject({ code: 'input/unsupported' })
  })

  it('that is empty, binary, missing or a folder is refused', async () => {
    expect(await complaint('')).toMatchObject({ code: 'input/empty' })
    expect(await complaint(Buffer.alloc(5000))).toMatchObject({ code: 'input/unsupported' })
    await expect(readCaptions(join(folder, 'none.srt'))).rejects.toMatchObject({ code: 'input/not-found' })
    await expect(readCaptions(folder)).rejects.toMatchObject({ code: 'input/not-a-file' })
  })

  it('of endless words and captions is done with at once', () => {
    const cue = (text: string): string => `00:00:01,000 --> 00:00:02,000\n${text}\n\n`
    const endless = ['日', 'a-', '<', '{', '!', '&', ' ', '<v '].map((piece) => cue(`日${piece.repeat(300_000)}`))
    const list = parse(`${endless.join('')}${cue('x'.repeat(5000))}${cue('good')}`)
    expect(list.words.at(-1)?.text).toBe('good')
    expect(list.skipped).toBeGreaterThan(5)
    const words = [
      { word: 'x'.repeat(1e6), start: 0, end: 1 },
      { word: ' ok', start: 1, end: 2 },
    ]
    expect(brief(parse(JSON.stringify({ segments: [{ words }] })))).toEqual(['1-2 ok'])
  })

  it('of any content gives words in order that do not overlap, or a complaint', () => {
    const bits = fc.constantFrom(
      '1\n',
      '\n\n',
      '00:00:01,000 --> 00:00:02,000\n',
      '99:59:59.999 --> 00:01.0\n',
      'WEBVTT\n',
      '[Events]\n',
      '<00:00:01.500>',
      'Dialogue: 0,0:00:01.00,0:00:02.00,A,,0,0,0,,',
      '{\\k999999}',
      '{\\kt5}',
      'word ',
      '今日',
      '<v ',
      '>',
      '{"segments":[',
      '{"words":[{"word":"a","start":1,"end":0}]}',
      ']}',
      '-->',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ maxLength: 8 })), { maxLength: 25 }), (parts) => {
        const list = parseCaptions(parts.join(''))
        if (!('words' in list)) return
        expect(() => transcriptSchema.parse(list)).not.toThrow()
        for (const [i, word] of list.words.entries()) {
          expect(word.end).toBeGreaterThanOrEqual(word.start)
          expect(word.start).toBeGreaterThanOrEqual(list.words[i - 1]?.end ?? 0)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('that we wrote is read back', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('abc &<>é日ש')), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
        const cues = texts.map((one, i) => ({ start: s(i), end: s(i + 1), text: `w${one.replaceAll('<', '')}` }))
        const words = cues.flatMap((cue) => cue.text.split(/\s+/).filter((word) => word !== ''))
        const joined = (list: Transcript): string => list.words.map((word) => word.text).join('')
        expect(joined(parse(formatSubRip(cues)))).toBe(words.join(''))
        expect(joined(parse(formatWebVtt(cues)))).toBe(words.join(''))
      }),
    )
  })
})
