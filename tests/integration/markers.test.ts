import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  analysisDocumentSchema,
  processDocumentSchema,
  type AnalysisDocument,
} from '../../src-shared/contract/documents.ts'
import { testTools } from '../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../helpers/make-media.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-markers-cli')
const seconds = 150
/** Two and a half minutes in which nothing happens but hum. */
const recipe: Recipe = {
  container: 'mkv',
  seconds,
  video: { gop: 60 },
  audio: [{ title: 'Game', source: `aevalsrc='0.02*sin(2*PI*220*t)':s=48000:d=${seconds}` }],
}
let quiet: string

beforeAll(async () => {
  quiet = await makeMedia(root, recipe, 'quiet.mkv')
})

function write(name: string, content: string): string {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), content)
  return join(root, name)
}
/** A recording with chapters, as FFmpeg writes them from its own text format. */
async function withChapters(
  name: string,
  container: 'mp4' | 'mkv',
  chapters: readonly (readonly [number, string])[],
): Promise<string> {
  const list = chapters.map(([start, title], i) => {
    const end = chapters[i + 1]?.[0] ?? seconds
    return `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${start * 1000}\nEND=${end * 1000}\ntitle=${title}\n`
  })
  const file = write(`${name}.ffmetadata`, `;FFMETADATA1\n${list.join('')}`)
  const target = join(root, `${name}.${container}`)
  const args = [
    '-v',
    'error',
    '-i',
    quiet,
    '-f',
    'ffmetadata',
    '-i',
    file,
    '-map',
    '0',
    '-map_chapters',
    '1',
    '-c',
    'copy',
  ]
  await promisify(execFile)((await testTools()).ffmpeg, [...args, target])
  return target
}
const run = (...args: string[]): Promise<CliResult> => runCli([...args, '--data-dir', join(root, 'data')])
async function analyze(file: string, ...args: string[]): Promise<AnalysisDocument> {
  const result = await run('analyze', file, '--device', 'cpu', '--json', ...args)
  expect(result.stderr).toBe('')
  return analysisDocumentSchema.parse(JSON.parse(result.stdout))
}
const untimed = (document: AnalysisDocument): string => JSON.stringify({ ...document, timing: null })
const selected = ({ segments }: Pick<AnalysisDocument, 'segments'>): [string, number][] =>
  segments.filter((segment) => segment.selected).map(({ reasons, peak }) => [reasons[0]!.text, Math.round(peak)])

describe('analyze --markers', () => {
  it('finds what was marked, says so first, and a recording without markers loses nothing', async () => {
    const before = await analyze(quiet)
    expect(selected(before)).toEqual([])
    expect(before).not.toHaveProperty('markers')

    const keys = write('keys.csv', '0:01:40,clutch\nnever,x\n')
    const document = await analyze(quiet, '--markers', keys)
    expect(selected(document)).toEqual([['You pressed the marker key here: clutch', expect.any(Number)]])
    expect(document.segments[0]!.start).toBeLessThanOrEqual(84)
    expect(document.segments[0]!.end).toBeGreaterThan(100)
    expect(document.markers).toEqual({
      files: [{ path: keys, format: 'csv', markers: 1, skipped: 1, placedBy: 'own' }],
      markers: [{ start: 100, end: 100, kind: 'hotkey', label: 'clutch', weight: 1 }],
      warnings: ['1 line of the markers keys.csv could not be read. The first is line 2: "never,x".'],
    })
    expect(document.warnings).toEqual(document.markers!.warnings)
    expect(Object.keys(document.timing.stages)).not.toContain('score')

    expect(untimed(await analyze(quiet, '--no-cache'))).toBe(untimed(before))
    // Markers of another time say nothing.
    const elsewhere = await analyze(quiet, '--markers', keys, '--markers-offset', '9000')
    expect(elsewhere.scores).toEqual(before.scores)
    expect(elsewhere.segments).toEqual(before.segments)
    expect(elsewhere.warnings.at(-1)).toContain('No marker of keys.csv falls into the recording')
  })

  it('starts at the markers when their content has changed, and takes several files', async () => {
    const keys = write('changing.txt', '1:40 ace\n')
    await analyze(quiet, '--markers', keys)
    expect(Object.keys((await analyze(quiet, '--markers', keys)).timing.stages)).toEqual(['import'])
    write('changing.txt', '1:00 ace\n')
    const labels = write('labels.json', '[{"start":110,"end":120,"label":"the jump"}]')
    const both = await analyze(quiet, '--markers', keys, '--markers', labels, '--markers-offset', '5')
    expect(Object.keys(both.timing.stages)).toEqual(['import', 'markers', 'select'])
    expect(
      selected(both)
        .map(([text]) => text)
        .toSorted(),
    ).toEqual(['You pressed the marker key here: ace', 'Your label: the jump'])
  })

  it('refuses what cannot be used before it analyses', async () => {
    const fresh = join(root, 'fresh')
    const refuse = async (code: number, ...args: string[]): Promise<string> => {
      const result = await runCli(['analyze', quiet, ...args, '--data-dir', fresh])
      expect(result.code).toBe(code)
      return result.stderr
    }
    expect(await refuse(3, '--markers', join(root, 'nothing.csv'))).toContain('There is no marker file')
    expect(await refuse(3, '--markers', write('diary.txt', 'Dear diary\n'))).toContain('Line 1 is none: "Dear diary".')
    const dated = write('dated.csv', 'time,label\n2026-11-22 20:15:30,ace\n')
    expect(await refuse(4, '--markers', dated)).toContain('--markers-offset')
    expect(await refuse(2, '--markers-offset', '5')).toContain('--markers FILE')
    const keys = write('keys.csv', '0:01:40,clutch\n')
    expect((await run('process', quiet, quiet, '--out', root, '--markers', keys)).code).toBe(2)
    expect(existsSync(join(fresh, 'features')) ? readdirSync(join(fresh, 'features')) : []).toEqual([])
    expect(selected(await analyze(quiet, '--markers', dated, '--markers-offset', '100'))).toHaveLength(1)
  })
})

describe('markers that nobody names', () => {
  it('beside the recording are used; broken ones are told of', async () => {
    cpSync(quiet, join(root, 'beside', 'match.mkv'))
    const match = join(root, 'beside', 'match.mkv')
    write('beside/match.markers.csv', '0:00:50,first\n')
    write('beside/match.markers.txt', 'nothing here\n')
    write(
      'beside/match.txt',
      'EVENT:START RECORDING @ 2026-11-22 20:00:00\nHOTKEY:second\n0:01:50 Record Time Marker\n',
    )
    const document = await analyze(match)
    expect(
      selected(document)
        .map(([text]) => text)
        .toSorted(),
    ).toEqual(['You pressed the marker key here: first', 'You pressed the marker key here: second'])
    expect(document.warnings).toEqual([expect.stringContaining('No markers were found in match.markers.txt.')])
    expect(await analyze(match, '--no-markers')).not.toHaveProperty('markers')
  })

  it.each(['mp4', 'mkv'] as const)('chapters of a recorder count in %s, regular ones do not', async (container) => {
    const obs = await withChapters(`obs-${container}`, container, [
      [0, 'Start'],
      [60, 'Unnamed 1'],
      [110, 'What a jump'],
    ])
    const document = await analyze(obs)
    expect(document.markers!.markers.map(({ start, label, weight }) => [Math.round(start), label, weight])).toEqual([
      [0, 'Start', 0],
      [60, '', 1],
      [110, 'What a jump', 1],
    ])
    expect(
      selected(document)
        .map(([text]) => text)
        .toSorted(),
    ).toEqual(['You set a chapter marker here', 'Your chapter marker: What a jump'])
    const even = await withChapters(
      `even-${container}`,
      container,
      [0, 30, 60, 90, 120].map((at, i) => [at, `Chapter ${i + 1}`]),
    )
    const regular = await analyze(even)
    expect(selected(regular)).toEqual([])
    expect(regular.markers!.markers.every(({ weight }) => weight === 0)).toBe(true)
  })

  it("Steam's timeline lies where the names of both say", async () => {
    const session = join(root, 'gamerecordings', 'video', 'fg_730_20241005_223412')
    const media = await makeMedia(root, { ...recipe, container: 'dash' }, 'dash')
    cpSync(dirname(media), session, { recursive: true })
    const events = [
      { time: '122000', type: 'event', title: 'Double kill', possible_clip: 3 },
      { time: '9000000', type: 'event', title: 'Later', possible_clip: 3 },
    ]
    // 22 s before the session.
    const timeline = write(
      'gamerecordings/timelines/timeline_73020241005_223350.json',
      JSON.stringify({ daterecorded: '1', entries: events }),
    )
    write(
      'gamerecordings/timelines/timeline_73020240101_223350.json',
      JSON.stringify({ daterecorded: '1', entries: events }),
    )
    const document = await analyze(join(session, 'session.mpd'))
    expect(selected(document)).toEqual([['Steam noted a kill: Double kill', 100]])
    expect(document.markers!.files).toEqual([
      { path: timeline, format: 'steam', markers: 1, skipped: 0, placedBy: 'clock' },
    ])
  })
})

describe('process --markers', () => {
  it('cuts what was marked, and the library knows why', async () => {
    const keys = write('cut.csv', '0:01:40,clutch\n')
    const args = ['process', quiet, '--out', join(root, 'clips'), '--markers', keys]
    const result = await run(...args, '--json')
    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    const [recording] = processDocumentSchema.parse(JSON.parse(result.stdout)).recordings
    expect(recording!.clips).toHaveLength(1)
    expect((await run(...args)).stdout).toContain('You pressed the marker key here: clutch')
    expect((await run('library', 'search', 'clutch')).stdout).toContain('[clutch]')
  })
})
