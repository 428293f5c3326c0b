import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { renderClips } from '../../../../../src-main/stages/render/render-clips.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia } from '../../../../helpers/make-media-info.ts'
import { fakeRenderDeps } from '../../../../helpers/render-deps.ts'

it('subtitles that somebody else laid there are neither replaced nor taken for ours', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clutchcut-beside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'Ace.srt'), 'theirs')
  const fingerprint = 'ab'.repeat(32)
  const [[render] = []] = await renderClips(
    { ...fakeRenderDeps(), look: async () => ({ overlay: null, subtitles: [{ ending: 'srt', text: 'ours' }] }) },
    {
      recording: { fingerprint, path: '/videos/match.mkv', size: 1, mtimeMs: 0 },
      media: makeMedia(),
      clips: [
        {
          ...{ id: 1, recording: fingerprint, start: 10 * S, end: 20 * S, peak: 15 * S, score: 0.5, reasons: [] },
          ...{ title: 'Ace', state: 'kept', favourite: false, tags: [], renders: [] },
        },
      ],
      ...{ kinds: ['landscape'], cut: null, layout: 'auto', platform: null, outputFolder: folder },
      ...{ nameTemplate: '{title}', game: null, jobId: 1 },
    },
    { signal: new AbortController().signal, onProgress: () => {}, checkLease: () => {}, platform: process.platform },
  )
  expect(basename(render!.path)).toBe('Ace (2).mp4')
  expect(readFileSync(join(folder, 'Ace (2).srt'), 'utf8')).toBe('ours')
  expect(readFileSync(join(folder, 'Ace.srt'), 'utf8')).toBe('theirs')
})
