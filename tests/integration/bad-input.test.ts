import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processDocumentSchema, type ProcessDocument } from '../../src-shared/contract/documents.ts'
import { cutFile, dropMoov, makeMedia, type Recipe } from '../helpers/make-media.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-input')
const data = join(root, 'data')
const isRoot = process.getuid?.() === 0

interface Run extends CliResult {
  document: ProcessDocument
}

/** One run over many files: what each of them became is then looked at by a test of its own. */
async function processAll(files: readonly string[], out: string): Promise<Run> {
  const args = ['process', '--out', out, '--top', '1', '--json', '--data-dir', data, '--device', 'cpu', '--', ...files]
  const result = await runCli(args)
  return { ...result, document: processDocumentSchema.parse(JSON.parse(result.stdout)) }
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(root, name)
  writeFileSync(path, content)
  return path
}

const bytesOf = (file: string): Buffer | null =>
  statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : null

const manifest = (base: string): string =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>${base}</BaseURL></Period></MPD>`

describe('what cannot be used', async () => {
  const fifo = join(root, 'pipe.mp4')
  execFileSync('mkfifo', [fifo])
  mkdirSync(join(root, 'folder.mp4'))
  symlinkSync(join(root, 'nowhere.mp4'), join(root, 'dangling.mp4'))
  const secret = write('secret.mp4', 'x')
  chmodSync(secret, 0)

  const cases: (readonly [what: string, file: string, code: string])[] = [
    ['an empty file', write('empty.mp4', ''), 'input/empty'],
    ['text', write('text.mp4', 'this is not a video\n'.repeat(100)), 'input/not-media'],
    [
      'noise',
      write(
        'noise.mkv',
        new Uint8Array(5000).map((_, i) => (i * 7919) % 251),
      ),
      'input/not-media',
    ],
    ['an HLS playlist', write('list.mp4', '#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n'), 'input/refused'],
    ['a concat script', write('concat.mp4', "ffconcat version 1.0\nfile '/etc/passwd'\n"), 'input/refused'],
    ['a DASH manifest that points to a host', write('host.mpd', manifest('http://example.com/')), 'input/refused'],
    ['a DASH manifest that points upwards', write('up.mpd', manifest('../other/')), 'input/refused'],
    ['a folder named like a recording', join(root, 'folder.mp4'), 'input/not-a-file'],
    ['a device', '/dev/zero', 'input/not-a-file'],
    ['a pipe, without waiting for its writer', fifo, 'input/not-a-file'],
    ['a file that is not there', join(root, 'missing.mp4'), 'input/not-found'],
    ['a link to nowhere', join(root, 'dangling.mp4'), 'input/not-found'],
    ['an MP4 without its index', dropMoov(await makeMedia(root, { seconds: 3 }, 'crashed.mp4')), 'input/truncated'],
    [
      'sound alone, where clips are wanted',
      await makeMedia(root, { video: null, audio: [{ codec: 'mp3' }], container: 'mp3' }, 'sound.mp3'),
      'input/unsupported',
    ],
    // Nothing stops root from reading it; what is in it is no recording either.
    ['an unreadable file', secret, isRoot ? 'input/not-media' : 'input/not-readable'],
  ]
  const files = cases.map(([, file]) => file)
  const before = files.filter((file) => file !== secret || isRoot).map(bytesOf)
  const out = join(root, 'refused')
  const run = await processAll(files, out)

  it('ends with exit code 3, nothing written and every file as it was', () => {
    expect(run.code).toBe(3)
    expect(run.document.recordings).toEqual([])
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([])
    expect(files.filter((file) => file !== secret || isRoot).map(bytesOf)).toEqual(before)
  })

  it.each(cases)('%s', (_what, file, code) => {
    const failure = run.document.failures.find(({ path }) => path === file)
    expect(failure?.code).toBe(code)
    // A sentence or two for a person: no stack, no dump.
    expect(failure?.message).toMatch(/^[^\n]{15,400}[.!]$/)
    expect(run.stderr).toContain(failure?.message)
  })
})

describe('what is odd', async () => {
  const odd: [what: string, recipe: Recipe, name: string][] = [
    ['video without sound', { audio: [] }, 'silent.mp4'],
    ['odd dimensions', { video: { codec: 'mjpeg', width: 161, height: 91 }, container: 'mkv' }, 'odd.mkv'],
    ['negative timestamps', { offset: -1, container: 'mkv' }, 'negative.mkv'],
    ['a late start', { offset: 40, container: 'ts' }, 'late.ts'],
    ['a single keyframe', { seconds: 30, video: { gop: 100_000 } }, 'one-keyframe.mp4'],
    ['a single frame', { video: { frames: 1 }, audio: [] }, 'frame.mp4'],
    ['a sound track without length', { seconds: 3, extra: ['-frames:a', '0'], container: 'mkv' }, 'no-samples.mkv'],
    [
      'an 8K frame',
      { video: { width: 7680, height: 4320, frames: 1, codec: 'mjpeg' }, audio: [], container: 'mkv' },
      '8k.mkv',
    ],
  ]
  // Quiet but for a burst, so that there is a clip to cut from each of those names.
  const burst = "aevalsrc='0.005*random(0)+if(between(t,11,11.4),0.8*sin(2*PI*2000*t))':s=48000:d=20"
  const plain = readFileSync(await makeMedia(root, { seconds: 20, audio: [{ source: burst }] }, 'plain.mp4'))
  const names: [what: string, name: string][] = [
    ['quotes', `it's "quoted".mp4`],
    ['a line break', 'two\nlines.mp4'],
    ['emoji', '🎮 clutch 🏆.mp4'],
    ['255 bytes', `${'é'.repeat(125)}x.mp4`],
    ['a leading dash', '-i.mp4'],
    ['a % pattern', 'frame%03d.mp4'],
    ['a colon and a pipe', 'pipe:0|x.mp4'],
    ['a wrong extension', 'recording.txt'],
  ]
  const truncated: [what: string, container: NonNullable<Recipe['container']>, more: Recipe][] = [
    ['MKV', 'mkv', {}],
    ['FLV', 'flv', {}],
    ['TS', 'ts', {}],
    ['AVI', 'avi', {}],
    ['fragmented MP4', 'mp4', { layout: 'fragmented' }],
  ]
  const oddFiles = await Promise.all(odd.map(([, recipe, name]) => makeMedia(root, recipe, name)))
  const namedFiles = names.map(([, name]) => write(name, plain))
  const cutFiles = await Promise.all(
    truncated.map(async ([, container, more]) =>
      cutFile(await makeMedia(root, { seconds: 10, container, ...more }, `cut-${container}.${container}`), 0.6),
    ),
  )
  const files = [...oddFiles, ...namedFiles, ...cutFiles]
  const run = await processAll(files, join(root, 'made'))
  const recordingOf = (file: string | undefined) =>
    run.document.recordings.find(({ recording }) => recording.path === file)

  it('is processed without a word of complaint', () => {
    expect(run.document.failures).toEqual([])
    expect(run.stderr).toBe('')
    expect(run.code).toBe(0)
    const paths = run.document.recordings.flatMap(({ clips }) =>
      clips.flatMap(({ renders }) => renders.map(({ path }) => path)),
    )
    expect(paths.length).toBeGreaterThanOrEqual(names.length)
    for (const path of paths) expect(statSync(path).size).toBeGreaterThan(0)
  })

  it.each(odd.map(([what], i) => [what, oddFiles[i]] as const))('%s', (_what, file) => {
    expect(recordingOf(file)?.recording.duration).toBeGreaterThan(0)
  })

  it.each(names.map(([what], i) => [what, namedFiles[i]] as const))('a name with %s', (_what, file) => {
    expect(recordingOf(file)?.recording.duration).toBeCloseTo(20, 1)
  })

  it.each(truncated.map(([what], i) => [what, cutFiles[i]] as const))(
    'a cut %s, up to where it ends',
    (_what, file) => {
      const duration = recordingOf(file)?.recording.duration
      expect(duration).toBeGreaterThan(3)
      expect(duration).toBeLessThan(9)
    },
  )
})

describe('among several files', () => {
  it('the good ones are processed, and the exit code is 5', async () => {
    const good = await makeMedia(root, { seconds: 4 }, 'good.mp4')
    const run = await processAll([write('bad.mp4', 'no'), good], join(root, 'several'))
    expect(run.document.failures).toHaveLength(1)
    expect(run.document.recordings).toHaveLength(1)
    expect(run.code).toBe(5)
  })
})
