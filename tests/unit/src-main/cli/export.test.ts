import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { exportClips } from '../../../../src-main/cli/export.ts'
import { withEngine } from '../../../../src-main/cli/with-engine.ts'
import { clipOfSegment } from '../../../../src-shared/domain/clip.ts'
import { ticksFromSeconds as s } from '../../../../src-shared/domain/time.ts'
import { fakeFingerprint } from '../../../helpers/fill-library.ts'
import { readFcpxml } from '../../../helpers/hand-off/read-fcpxml.ts'
import { readXmeml } from '../../../helpers/hand-off/read-xmeml.ts'
import { makeMedia, makeVideo } from '../../../helpers/make-media-info.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-export')
const dataDir = join(root, 'data')
const stream = join(root, 'stream & more.mkv')
const unknown = join(root, 'unknown.mkv')

/** Two clips, one of them refused by a person, of a recording in which somebody speaks. */
beforeAll(() =>
  withEngine({ dataDir }, ({ library }) => {
    for (const path of [stream, unknown]) {
      const fingerprint = fakeFingerprint(path)
      library.recordings.save({ fingerprint, path, size: 1, mtimeMs: 1 }, 1)
      const video = makeVideo({ fps: { num: 60_000, den: 1001 } })
      if (path === stream) library.recordings.saveMedia(fingerprint, makeMedia({ video }))
      const segment = { score: 0.9, selected: true, reasons: [{ signal: 'audio.onset', weight: 1, text: 'Bang' }] }
      const times = [10, 50].map((start) => ({ start: s(start), end: s(start + 5), peak: s(start + 2) }))
      for (const time of times) library.clips.add(clipOfSegment(fingerprint, { ...segment, ...time }, null), 1)
      library.transcripts.replace(fingerprint, [{ start: s(11), end: s(12), text: 'hello' }])
    }
    library.clips.update(2, { state: 'rejected' })
  }),
)
afterEach(() => void vi.restoreAllMocks())

const printed = (): { stdout: () => string; stderr: () => string } => {
  const [stdout, stderr] = [process.stdout, process.stderr].map((to) =>
    vi.spyOn(to, 'write').mockImplementation(() => true),
  )
  const text = (spy: typeof stdout) => () => (spy?.mock.calls ?? []).map(([part]) => String(part)).join('')
  return { stdout: text(stdout), stderr: text(stderr) }
}
const leftovers = (): string[] => readdirSync(root).filter((name) => name.endsWith('.partial'))
const options = { dataDir, dropFrame: true } as const

describe('export', () => {
  it('writes what the editor reads, with the captions in it', async () => {
    const { stdout } = printed()
    await exportClips([stream], { ...options, format: 'fcpxml' })
    const { clips, dropFrame } = readFcpxml(stdout())
    expect(dropFrame).toBe(true)
    expect(clips).toHaveLength(1)
    expect(clips[0]).toMatchObject({ in: 599, out: 899, captions: [{ from: 659, to: 719, text: 'hello' }] })
    expect(clips[0]?.file).toMatch(/stream%20%26%20more\.mkv$/)
  })

  it('writes captions beside where the format has no place for them', async () => {
    const { stdout } = printed()
    const out = join(root, 'hand off.xml')
    await exportClips(['1'], { ...options, dropFrame: false, format: 'premiere', out, json: true })
    expect(JSON.parse(stdout())).toEqual({
      version: 1,
      format: 'premiere',
      clips: 1,
      path: out,
      captions: join(root, 'hand off.srt'),
      notes: [],
    })
    expect(readXmeml(readFileSync(out, 'utf8')).dropFrame).toBe(false)
    expect(readFileSync(join(root, 'hand off.srt'), 'utf8')).toBe('1\n00:00:01,001 --> 00:00:02,002\nhello\n')
    expect(leftovers()).toEqual([])
  })

  it('says that captions are left out, on stderr', async () => {
    const { stdout, stderr } = printed()
    await exportClips(['1'], { ...options, format: 'edl' })
    expect(stdout()).toMatch(/^TITLE: /)
    expect(stderr()).toMatch(/captions are left out/)
  })

  it('replaces nothing, and writes both files or none', async () => {
    writeFileSync(join(root, 'taken.srt'), 'mine')
    const out = join(root, 'taken.otio')
    await expect(exportClips(['1'], { ...options, format: 'otio', out })).rejects.toThrow(/“.*taken\.srt” is there/)
    expect(existsSync(out)).toBe(false)
    expect(readFileSync(join(root, 'taken.srt'), 'utf8')).toBe('mine')
    const nowhere = join(root, 'nowhere', 'a.csv')
    await expect(exportClips(['1'], { ...options, format: 'csv', out: nowhere })).rejects.toMatchObject({
      code: 'output/not-writable',
    })
    expect(leftovers()).toEqual([])
  })

  it('refuses clips of a recording whose frame rate nobody knows', async () => {
    await expect(exportClips([unknown], { ...options, format: 'edl' })).rejects.toThrow(/frame rate of “.*unknown.mkv”/)
    await expect(exportClips(['77'], { ...options, format: 'edl' })).rejects.toThrow(/no clip 77/)
  })
})
