import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { analysisDocumentSchema, processDocumentSchema } from '../../src-shared/contract/documents.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { runCli, startCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-cli')
const data = join(root, 'data')
const out = join(root, 'clips')
let match: string

const run = (...args: string[]): Promise<CliResult> => runCli([...args, '--data-dir', data])
const json = async (...args: string[]): Promise<Record<string, unknown>> => {
  const result = await run(...args, '--json')
  expect(result.stderr).toBe('')
  expect(result.code).toBe(0)
  return JSON.parse(result.stdout) as Record<string, unknown>
}

/** A minute and a half of quiet picture and hum, with a burst of noise and a flash at 0:40. */
beforeAll(async () => {
  match = await makeMedia(
    root,
    {
      container: 'mkv',
      seconds: 90,
      video: {
        gop: 60,
        source:
          "testsrc2=s=160x90:r=30:d=90,hue=s=0.2,drawbox=color=red:t=fill:enable='between(t,40,41.5)',drawbox=color=white:t=fill:enable='between(t,42,43)'",
      },
      audio: [
        { title: 'Game', source: "aevalsrc='0.02*sin(2*PI*220*t)+between(t,40,43)*0.7*(random(0)*2-1)':s=48000:d=90" },
        { title: 'Mic', source: 'anoisesrc=a=0.003:r=48000:d=90' },
      ],
    },
    'match.mkv',
  )
  const result = await run('process', match, '--out', out, '--top', '1', '--device', 'cpu', '--json')
  expect(result.stderr).toBe('')
  const [recording] = processDocumentSchema.parse(JSON.parse(result.stdout)).recordings
  const [clip] = recording!.clips
  const { start, end } = clip!.renders[0]!
  expect(start).toBeLessThan(40)
  expect(end).toBeGreaterThan(43)
  expect(recording!.recording.audioTracks.map(({ title, role }) => [title, role])).toEqual([
    ['Game', 'game'],
    ['Mic', 'mic'],
  ])
})

describe('analyze', () => {
  it('prints the same bytes twice, timing aside', async () => {
    const texts: string[] = []
    for (let i = 0; i < 2; i++) {
      const document = analysisDocumentSchema.parse(await json('analyze', match, '--no-cache', '--device', 'cpu'))
      expect(document.segments[0]!.reasons.length).toBeGreaterThan(0)
      texts.push(JSON.stringify({ ...document, timing: null }))
    }
    expect(texts[0]).toBe(texts[1])
  })

  it('takes stages from their checkpoints', async () => {
    const { timing } = analysisDocumentSchema.parse(await json('analyze', match, '--device', 'cpu'))
    expect(Object.keys(timing.stages)).not.toContain('analyse')
  })

  it('shows a table to people', async () => {
    const { stdout, code } = await run('analyze', match)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^match\.mkv\nStart +Length +Score +Why\n0:\d\d /)
  })
})

describe('process', () => {
  it('makes nothing twice', async () => {
    const before = readdirSync(out).map((name) => [name, statSync(join(out, name)).mtimeMs])
    const again = processDocumentSchema.parse(await json('process', match, '--out', out, '--top', '1'))
    expect(again.recordings[0]!.clips).toHaveLength(1)
    expect(readdirSync(out).map((name) => [name, statSync(join(out, name)).mtimeMs])).toEqual(before)
  })

  it('never replaces a file that is not ours', async () => {
    const [render] = readdirSync(out).filter((name) => name.endsWith('.mp4'))
    const path = join(out, render!)
    const mine = 'a video of mine'
    writeFileSync(path, mine)
    const again = processDocumentSchema.parse(await json('process', match, '--out', out, '--top', '1'))
    expect(readFileSync(path, 'utf8')).toBe(mine)
    const made = again.recordings[0]!.clips[0]!.renders[0]!.path
    expect(made).not.toBe(path)
    expect(existsSync(made)).toBe(true)
  })

  it('says what it needs when it is told no folder', async () => {
    const result = await run('process', match)
    expect(result.code).toBe(4)
    expect(result.stderr).toMatch(/where the clips/)
  })

  it('cuts exactly when it is told to encode', async () => {
    const document = processDocumentSchema.parse(
      await json('process', match, '--out', join(root, 'exact'), '--top', '1', '--cut', 'encode'),
    )
    const [{ clips, segments }] = document.recordings as [(typeof document.recordings)[number]]
    const segment = segments[clips[0]!.segment]!
    const render = clips[0]!.renders[0]!
    expect(render.cut).toBe('encode')
    expect(Math.abs(render.start - segment.start)).toBeLessThan(1 / 30)
    expect(Math.abs(render.end - segment.end)).toBeLessThan(0.1)
  })

  it('can be interrupted, and goes on', async () => {
    // A burst in silence, so that there is a clip to be interrupted at.
    const source = "aevalsrc='0.005*random(0)+if(between(t,100,101),0.8*sin(2*PI*2000*t))':s=48000:d=200"
    const long = await makeMedia(
      root,
      { seconds: 200, video: { width: 640, height: 360 }, audio: [{ source }], container: 'mkv' },
      'long.mkv',
    )
    const args = [
      'process',
      long,
      '--out',
      join(root, 'long'),
      '--top',
      '1',
      '--cut',
      'encode',
      '--no-cache',
      '--data-dir',
      data,
    ]
    const running = startCli(args)
    await expect.poll(() => existsSync(join(root, 'long')), { timeout: 30_000, interval: 20 }).toBe(true)
    running.child.kill('SIGINT')
    const { code, stderr } = await running.done
    if (code !== 0) {
      expect(code).toBe(130)
      expect(stderr).toMatch(/^clutchcut: Interrupted\./)
      expect(readdirSync(join(root, 'long'))).toEqual([])
    }
    const again = await run('process', long, '--out', join(root, 'long'), '--top', '1', '--cut', 'encode', '--json')
    expect(again.code).toBe(0)
  })
})

describe('library', () => {
  it('lists and shows what was found', async () => {
    const { recordings } = (await json('library', 'list')) as { recordings: { path: string; id: number }[] }
    expect(recordings.map(({ path }) => path)).toContain(match)
    const shown = await json('library', 'show', match)
    expect(shown).toMatchObject({ recording: { path: match, state: 'analysed' } })
    expect((shown['segments'] as unknown[]).length).toBeGreaterThan(0)
    expect((await run('library', 'list')).stdout).toContain('match')
  })

  it('finds by words', async () => {
    const { hits } = (await json('library', 'search', 'match')) as { hits: unknown[] }
    expect(hits.length).toBeGreaterThan(0)
    expect((await run('library', 'search', 'zzzzqqq')).stdout).toBe('Nothing found.\n')
  })

  it('knows what it does not know', async () => {
    const result = await run('library', 'show', '4711')
    expect(result.code).toBe(1)
    expect(result.stderr).toMatch(/knows no recording “4711”/)
  })

  it('is backed up, lost, and restored', async () => {
    const backup = join(root, 'backup.db')
    await json('library', 'backup', backup)
    const other = join(root, 'restored')
    const restored = await runCli(['library', 'restore', backup, '--data-dir', other])
    expect(restored.code).toBe(0)
    const { stdout } = await runCli(['library', 'list', '--json', '--data-dir', other])
    expect(stdout).toContain('match.mkv')
    const refused = await runCli(['library', 'restore', match, '--data-dir', other])
    expect(refused.code).toBe(3)
  })

  it('is rebuilt from the notes beside the clips', async () => {
    const lost = join(root, 'rebuilt')
    const { code } = await runCli(['library', 'rebuild', out, '--data-dir', lost])
    expect(code).toBe(0)
    const { stdout } = await runCli(['library', 'show', match, '--json', '--data-dir', lost])
    expect((JSON.parse(stdout) as { clips: unknown[] }).clips.length).toBeGreaterThan(0)
  })

  it('finds a moved recording again', async () => {
    const copy = await makeMedia(root, { seconds: 5, video: { gop: 10 } }, 'moving.mp4')
    await json('analyze', copy)
    const moved = join(root, 'moved.mp4')
    renameSync(copy, moved)
    const verified = await run('library', 'verify')
    expect(verified.code).toBe(1)
    expect(verified.stdout).toContain('moving.mp4')
    const { found } = (await json('library', 'relink', root)) as { found: { to: string }[] }
    expect(found.map(({ to }) => to)).toContain(moved)
  })
})

describe('export', () => {
  it('hands the clips of a recording to an editor', async () => {
    const edl = (await run('export', match, '--format', 'edl')).stdout
    expect(edl).toMatch(/^TITLE: match\nFCM: NON-DROP FRAME\n\n001 {2}MATCH {4}AA\/V /)
    for (const [format, mark] of [
      ['otio', 'OTIO_SCHEMA'],
      ['fcpxml', '<fcpxml version="1.10">'],
      ['premiere', '<xmeml version="5">'],
    ] as const) {
      const { text, clips, notes } = await json('export', match, '--format', format)
      expect(text).toContain(mark)
      expect(text).toContain('match.mkv')
      expect([clips, notes]).toEqual([1, []])
    }
    const csv = join(root, 'clips.csv')
    await json('export', match, '--format', 'csv', '--out', csv)
    expect(readFileSync(csv, 'utf8').split('\r\n').length).toBeGreaterThan(2)
    expect((await run('export', match, '--format', 'csv', '--out', csv)).code).toBe(1)
    rmSync(csv)
    expect(readdirSync(root).filter((name) => name.includes('.partial'))).toEqual([])
    expect((await run('export', match, '--format', 'csv', '--out', join(root, 'no such folder', 'a.csv'))).code).toBe(1)
  })
})

describe('jobs', () => {
  it('are listed, and what is done cannot be resumed', async () => {
    const { jobs } = (await json('jobs', 'list')) as { jobs: { id: number; state: string }[] }
    const done = jobs.find(({ state }) => state === 'done')
    expect(done).toBeDefined()
    const result = await run('jobs', 'resume', String(done!.id))
    expect(result.code).toBe(1)
    expect(result.stderr).toMatch(/is done/)
    expect((await run('jobs', 'cancel', '99999')).code).toBe(1)
  })
})

describe('the rest', () => {
  it('doctor says what works', async () => {
    const { checks, devices } = (await json('doctor')) as {
      checks: { ok: boolean }[]
      devices: { provider: string; chosen: boolean }[]
    }
    expect(checks.every(({ ok }) => ok)).toBe(true)
    expect(devices.filter(({ chosen }) => chosen)).toHaveLength(1)
  })

  it('models list names the built-in scorer', async () => {
    expect(JSON.stringify(await json('models', 'list'))).toContain('"signals"')
  })

  it.each([
    [['--nonsense']],
    [['frobnicate']],
    [['process']],
    [['process', 'x', '--top', '0']],
    [['analyze', 'x', '--device', 'toaster']],
    [['export', 'x']],
  ])('usage error: %j', async (args) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/error: /)
  })

  it('helps, with examples, for every command', async () => {
    const { stdout, code } = await run('process', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('Examples:')
  })

  it('keeps folders and tokens out of its log', () => {
    const logs = join(data, 'logs')
    const text = readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), 'utf8'))
      .join('')
    expect(text).not.toContain(root)
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.some((line) => typeof line['job'] === 'number')).toBe(true)
  })
})
