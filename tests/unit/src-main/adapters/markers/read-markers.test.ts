import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostMarkers, type MarkerList } from '../../../../../src-main/adapters/markers/marker-list.ts'
import { parseMarkers, readMarkers } from '../../../../../src-main/adapters/markers/read-markers.ts'
import { cleanLabel } from '../../../../../src-shared/domain/markers.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const fps = { num: 30, den: 1 }
const folder = tempFolder('clutchcut-markers')
let files = 0
function write(content: string | Uint8Array): string {
  files += 1
  const path = join(folder, `markers-${files}`)
  writeFileSync(path, content)
  return path
}
function parse(text: string, rate = fps): MarkerList {
  const list = parseMarkers(text, rate)
  if (!('markers' in list)) throw new Error(`no markers: ${JSON.stringify(list.complaint)}`)
  return list
}
/** `65 hotkey clutch`, with the end of a span after a dash. */
const brief = ({ markers }: MarkerList): string[] =>
  markers.map(({ time, end, kind, label }) => `${time}${end === null ? '' : `-${end}`} ${kind} ${label}`.trim())
const complaint = async (content: string | Uint8Array): Promise<{ code: string; message: string }> =>
  readMarkers(write(content), { fps }).then(
    () => ({ code: 'none', message: '' }),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  )

describe("InfoWriter's log", () => {
  const log = `EVENT:START RECORDING @ 2025-08-20 20:43:06
0:00:00 Record Time Marker

EVENT:SCENE CHANGED TO Game @ 2025-08-20 20:43:30
0:00:24 Record Time Marker

HOTKEY:Hotkey 1 was pressed @ 2025-08-20 20:44:31
0:01:25 Record Time Marker
0:05:25 Stream Time Marker

HOTKEY:funny
0:03:27 Record Time Marker (recording is paused)

HOTKEY:ace
0:03:29 Record Time Marker

EVENT:STOP RECORDING @ 2025-08-20 20:50:00 Record Time Marker Reset to 0
0:06:54 Record Time Marker
`
  it('says what was pressed while something was recorded', () => {
    const list = parse(log)
    expect(brief(list)).toEqual(['85 hotkey Hotkey 1 was pressed', '209 hotkey ace'])
    expect(list).toMatchObject({ format: 'infowriter', clock: { kind: 'offset', startedAt: null }, skipped: 0 })
  })
  it('keeps the recordings of one file apart', () => {
    const list = parse(log + log.replaceAll('2025-08-20 20:4', '2025-08-21 20:4'))
    expect(list.markers.map(({ group }) => group)).toEqual([0, 0, 1, 1])
    expect(list.groups.map(({ startedAt }) => new Date(startedAt! * 1000).toISOString())).toEqual([
      '2025-08-20T20:43:06.000Z',
      '2025-08-21T20:43:06.000Z',
    ])
  })
  it('of a stream alone, and of old versions', () => {
    const stream = 'EVENT:START STREAM @ 2025-08-20 20:43:06\nHOTKEY:a\n0:00:00 Record Time Marker (not recording)\n'
    expect(brief(parse(`${stream}0:07:00 Stream Time Marker\n`))).toEqual(['420 hotkey a'])
    const old =
      'START RECORDING @ 2017-01-01 20:00:00\r\n0:01:25 - boss\r\n\t0:02:00\r\nSTOP RECORDING @ 2017-01-01 20:10:00'
    expect(brief(parse(old))).toEqual(['85 hotkey boss', '120 hotkey'])
  })
  it('as CSV and as EDL', () => {
    expect(brief(parse('0:01:25,ace\r\n0:03:29,funny\r\n'))).toEqual(['85 hotkey ace', '209 hotkey funny'])
    const edl = [
      '001  START V     C        00:00:00:00 00:01:25:00 00:00:00:00 00:01:25:00',
      '002  ACE   V     C        00:01:25:00 00:03:29:00 00:01:25:00 00:03:29:00',
      '003  FUNNY V     C        00:03:29:00 00:06:53:00 00:03:29:00 00:06:53:00',
    ].join('\r\n')
    expect(brief(parse(edl))).toEqual(['85 hotkey ACE', '209 hotkey FUNNY'])
  })
})

describe('stream markers', () => {
  it("Twitch's list: time, who, name, description", () => {
    const list = parse('00:12:34,Broadcaster,someone,what a shot\n01:00:00,Editor,"a, b",\n')
    expect(brief(list)).toEqual(['754 stream-marker what a shot', '3600 stream-marker'])
    expect(list.format).toBe('stream-markers')
  })
  it('Local Stream Marker: the time in the file, of each file', () => {
    const header =
      'Date Time, Stream Start, Stream Timestamp, Stream End Mark Timestamp, Recording Full Path, Recording Filename, Recording Timestamp, Recording End Mark Timestamp, Recording Timestamp on File, Recording End Mark Timestamp on File'
    const rows = [
      '2023-07-30 20:10:00, n/a, n/a, n/a, C:/v/a.mkv, a.mkv, 00:10:00, n/a, 00:10:00, n/a',
      '2023-07-30 21:10:00, n/a, n/a, n/a, C:/v/b.mkv, b.mkv, 01:10:00, n/a, 00:05:00, 00:05:20',
    ]
    const list = parse([header, ...rows].join('\n'))
    expect(brief(list)).toEqual(['600 hotkey', '300-320 hotkey'])
    expect(list.groups.map(({ file }) => file)).toEqual(['a.mkv', 'b.mkv'])
    expect(list.format).toBe('stream-markers')
  })
})

describe("Steam's timeline", () => {
  const document = {
    daterecorded: '1790731591',
    starttime: '0',
    endtime: '2000000',
    entries: [
      { id: '1', time: '61252', type: 'gamemode', mode: 2 },
      { id: '2', time: '221435', type: 'state_description', title: 'Hotel' },
      {
        id: '4',
        time: '367639',
        type: 'event',
        title: 'You killed',
        description: 'AK-47',
        duration: '0',
        possible_clip: 2,
      },
      { id: '5', time: 400_000, type: 'event', title: 'Double kill', duration: '5000', possible_clip: 3 },
      { id: '6', time: '410000', type: 'event', title: 'Start of round 2', possible_clip: 1 },
      { id: '7', time: '500000', type: 'usermarker', description: '#GameRecording_UserMarker' },
      { id: '8', time: '600000', type: 'achievement', achievement_name: 'FIRST_WIN' },
      { id: '9', time: '610000', type: 'screenshot' },
      { id: '10', time: 'soon', type: 'event' },
      'nonsense',
    ],
  }
  it('has events, markers, achievements and screenshots; phases and states are left out', () => {
    const list = parse(JSON.stringify(document))
    expect(brief(list)).toEqual([
      '367.639 steam-event You killed: AK-47',
      '400-405 steam-event Double kill',
      '410 steam-event Start of round 2',
      '500 steam-marker',
      '600 steam-achievement FIRST_WIN',
      '610 steam-screenshot',
    ])
    expect(list).toMatchObject({ format: 'steam', skipped: 1, clock: { kind: 'offset', startedAt: 1_790_731_591 } })
    expect(list.markers.map(({ weight }) => weight)).toEqual([0.6, 0.85, 0, undefined, undefined, undefined])
  })
  it('may have its entries numbered', () => {
    const entries = Object.fromEntries(document.entries.entries())
    expect(brief(parse(JSON.stringify({ ...document, entries }))).length).toBe(6)
  })
})

describe('editors', () => {
  it("Resolve's markers, whose timeline starts at one hour", () => {
    const edl = `TITLE: Timeline 1
FCM: NON-DROP FRAME

001  001      V     C        01:00:10:15 01:00:10:16 01:00:10:15 01:00:10:16
 |C:ResolveColorBlue |M:The first |D:1

002  001      V     C        01:20:00:00 01:20:00:01 01:20:00:00 01:20:00:01
a note |C:ResolveColorRed |M:A span |D:90
`
    expect(brief(parse(edl))).toEqual(['10.5 editor The first', '1200-1203 editor A span'])
    expect(brief(parse(edl.replaceAll(' 01:', ' 00:')))).toEqual(['10.5 editor The first', '1200-1203 editor A span'])
  })
  it('a list of cuts: what somebody took of the recording', () => {
    const edl = `TITLE: match
FCM: NON-DROP FRAME

001  AX       AA/V  C        00:00:46:00 00:01:05:15 01:00:00:00 01:00:19:15
* FROM CLIP NAME: match.mp4
* COMMENT: Double kill
* LOC: 01:00:07:00 RED     Loud moment
`
    expect(brief(parse(edl))).toEqual(['46-65.5 editor Double kill'])
  })
  it('locators alone', () => {
    const edl = 'TITLE: x\n* LOC: 01:00:20:00 green   here\n* LOC: 01:00:30:00 red\n'
    expect(brief(parse(edl))).toEqual(['20 editor here', '30 editor'])
  })
  it("Premiere's list, in its UTF-16 and with tabs", async () => {
    const text =
      'Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\t\nAce\t\t00:01:00:15\t00:01:00:15\t00:00:00:00\tComment\t\nLong\tx\t00:02:00:00\t00:02:10:00\t00:00:10:00\tComment\t\n'
    const list = await readMarkers(write(Buffer.from(`\uFEFF${text}`, 'utf16le')), { fps })
    expect(brief(list)).toEqual(['60.5 editor Ace', '120-130 editor Long'])
  })
  it('timecodes count frames at the rate of the recording', () => {
    const edl = (time: string): string => `* LOC: ${time} RED here\n`
    const ntsc = { num: 30_000, den: 1001 }
    expect(parse(edl('00:10:00:00'), ntsc).markers[0]!.time).toBeCloseTo(600.6, 3)
    expect(parse(edl('00:10:00;00'), ntsc).markers[0]!.time).toBeCloseTo(600, 1)
    expect(parse(edl('00:10:00:12'), { num: 25, den: 1 }).markers[0]!.time).toBeCloseTo(600.48, 6)
  })
})

describe("a person's own list", () => {
  it.each([
    [
      'a table',
      'start,end,label\n46,65,Double kill\n1:24,1:46.5,"one, two"\n',
      ['46-65 label Double kill', '84-106.5 label one, two'],
    ],
    ['with a length', 'Start;Duration;Name\n46;10;a\n', ['46-56 label a']],
    ['the moment itself', 'moment,label\n46,a\n', ['46 label a']],
    ['when it was written down', 'time,label\n46,a\n1:00,\n', ['46 hotkey a', '60 hotkey']],
    ['one column', 'seconds\n46\n50.5\n', ['46 hotkey', '50.5 hotkey']],
    ["LosslessCut's", '46,65,Double kill\n84.5,106,\n', ['46-65 label Double kill', '84.5-106 label']],
    ["Audacity's", '46.000000\t65.000000\tDouble kill\n84.5\t84.5\tx\n', ['46-65 label Double kill', '84.5 label x']],
    ['quotation marks over lines', 'time,label\n46,"a\nb"\n50,c\n', ['46 hotkey a b', '50 hotkey c']],
    [
      "YouTube's chapters",
      '0:46 Double kill\n1:24 - ace\n1:02:03 the end\n',
      ['46 hotkey Double kill', '84 hotkey ace', '3723 hotkey the end'],
    ],
    [
      'notes',
      '# my notes\n\n[0:46] Double kill\n(1:24) ace\n90s wow\n95.5\n',
      ['46 hotkey Double kill', '84 hotkey ace', '90 hotkey wow', '95.5 hotkey'],
    ],
    ['spans in lines', '0:46 - 1:05 Double kill\n1:24 to 1:46: ace\n', ['46-65 label Double kill', '84-106 label ace']],
    [
      'JSON',
      '[{"start":46,"end":65,"label":"Double kill"},{"time":"1:24"},{"t":90,"kind":"kill"},95]',
      ['46-65 label Double kill', '84 hotkey', '90 label kill', '95 label'],
    ],
    ['JSON under a name', '{"version":1,"moments":[{"start":46,"duration":4,"name":"a"}]}', ['46-50 label a']],
  ])('%s', (_what, text, expected) => {
    const list = parse(text)
    expect(brief(list)).toEqual(expected)
    expect(list.skipped).toBe(0)
  })
  it('with times of day', () => {
    expect(parse('time,label\n2026-11-22 20:15:30,a\n').clock).toEqual({ kind: 'wall' })
    expect(parse('2026-11-22T20:15:30Z a\n').clock).toEqual({ kind: 'absolute' })
    expect(parse('{"markers":[{"created_at":"2026-11-22T20:15:30+01:00"}]}').clock).toEqual({ kind: 'absolute' })
  })
  it('counts what cannot be read, and says where it is', () => {
    const list = parse('time,label\n46,a\nlater,b\n2026-11-22 20:15:30,c\n-5,d\n50,e\n')
    expect(brief(list)).toEqual(['46 hotkey a', '50 hotkey e'])
    expect(list).toMatchObject({ skipped: 3, firstSkipped: { line: 3, text: 'later,b' } })
  })
})

describe('what holds no markers', () => {
  it('is refused with a reason, and the line', async () => {
    mkdirSync(join(folder, 'a-folder'))
    const codeOf = (path: string): Promise<string> =>
      readMarkers(path, { fps }).then(
        () => 'none',
        ({ code }: { code: string }) => code,
      )
    expect(await codeOf(join(folder, 'nothing-here'))).toBe('input/not-found')
    expect(await codeOf(join(folder, 'a-folder'))).toBe('input/not-a-file')
    expect(await codeOf(`${folder}/a\0b`)).toBe('input/not-found')
    expect(await complaint('')).toMatchObject({ code: 'input/empty' })
    expect(await complaint(Buffer.alloc(10_000))).toMatchObject({ code: 'input/unsupported' })
    const diary = await complaint('\nDear diary,\n')
    expect(diary.code).toBe('input/unsupported')
    expect(diary.message).toContain('Line 2 is none: "Dear diary,".')
    expect(await complaint('{"entries":[]}')).toMatchObject({ code: 'input/unsupported' })
    expect(await complaint('{"entries":')).toMatchObject({ code: 'input/unsupported' })
    expect(await complaint('time,author,message\n')).toMatchObject({ code: 'input/unsupported' })
    expect(await complaint(Buffer.alloc(17 * 1024 ** 2, 'a'))).toMatchObject({ code: 'input/refused' })
  })
  it('can be given up', async () => {
    const stop = AbortSignal.abort()
    await expect(readMarkers(write('1 a\n'), { fps, signal: stop })).rejects.toThrow('abort')
  })
})

describe('any file at all', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'HOTKEY:x',
      '0:01:00 Record Time Marker',
      '* LOC: 00:00:01:00 RED a',
      '12,34,"',
      'start,end',
      '[{',
      '|M:a |D:1',
    ),
    fc.tuple(fc.nat(9_000_000_000), fc.string({ maxLength: 8 })).map(([time, label]) => `${time},${label}`),
    fc.constant('001  A V C 00:00:00:00 99:59:59:29 00:00:00:00 00:00:00:00'),
  )
  it('gives possible markers or none, never throws, and the same each time', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const list = parseMarkers(lines.join('\n'), fps)
        expect(parseMarkers(lines.join('\n'), fps)).toEqual(list)
        if (!('markers' in list)) return
        for (const { time, end, label } of list.markers) {
          expect(Number.isFinite(time) && time >= 0).toBe(true)
          expect(end === null || end > time).toBe(true)
          expect(label).not.toMatch(/\p{Cc}/u)
          expect([...label].length).toBeLessThanOrEqual(120)
        }
      }),
    )
  })
  it('JSON of any shape', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.json({ maxDepth: 3 }), (one, entries) => {
        for (const text of [one, `{"daterecorded":${one},"entries":${entries}}`, `{"markers":[${one},${entries}]}`]) {
          const list = parseMarkers(text, fps)
          if ('markers' in list) for (const { time } of list.markers) expect(time).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
  it('what is written as a table is read as it was', () => {
    const label = fc.string({ unit: 'grapheme', maxLength: 40 }).map(cleanLabel)
    const marker = fc.record({ ms: fc.nat(36_000_000), length: fc.integer({ min: 1, max: 60_000 }), label })
    fc.assert(
      fc.property(fc.array(marker, { minLength: 1, maxLength: 8 }), (markers) => {
        const rows = markers.map(
          ({ ms, length, label: text }) => `${ms / 1000},${(ms + length) / 1000},"${text.replaceAll('"', '""')}"`,
        )
        const list = parse(['start,end,label', ...rows].join('\r\n'))
        expect(list.skipped).toBe(0)
        expect(list.markers).toEqual(
          markers.map(({ ms, length, label: text }) => ({
            ...{ time: ms / 1000, end: (ms + length) / 1000, label: text, kind: 'label', group: 0 },
          })),
        )
      }),
    )
  })
  it('is bounded', () => {
    const list = parse(Array.from({ length: mostMarkers + 5 }, (_, i) => `${i},x`).join('\n'))
    expect(list.markers).toHaveLength(mostMarkers)
    expect(list.cut).toBe(true)
    // A pattern that tried every way to read it would not come back.
    expect(parseMarkers(`${'0:00 '.repeat(200_000)}\n${'"'.repeat(200_000)}`, fps)).toHaveProperty('markers')
  })
})
