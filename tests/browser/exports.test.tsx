import { act } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportWish, openExport } from '../../src-renderer/features/exports/open-export.ts'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { ExportedFile } from '../../src-shared/contract/exports.ts'
import { defaultSettings } from '../../src-shared/contract/settings.ts'
import { platforms, presets } from '../../src-shared/domain/preset.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { exampleApp, exampleClip, exampleJob, exampleRecording } from './helpers/examples.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
beforeEach(() => {
  localStorage.clear()
  exportWish.set(null)
})

const file = (id: number, change: Partial<ExportedFile> = {}): ExportedFile => ({
  id,
  clipId: id,
  recordingId: 1,
  path: `/out/clip ${id}.mp4`,
  kind: 'vertical',
  start: 0,
  end: ticksFromSeconds(12),
  cut: 'encode',
  verified: true,
  title: `Clip ${id}`,
  recordingTitle: 'Friday night',
  bytes: 15_000_000,
  madeAt: '2026-01-02T03:04:05Z',
  file: 'present',
  ...change,
})

const answers = (files: readonly ExportedFile[] = []): FakeAnswers => ({
  recordings: {
    list: () => ({ items: [exampleRecording], total: 1 }),
    transcript: () => ({ lines: [] }),
  },
  presets: { list: () => Object.values(presets) },
  platforms: { list: () => Object.values(platforms) },
  clips: {
    list: () => ({ items: [], total: 0 }),
    get: ({ id }) => exampleClip(id, 12),
  },
  jobs: { list: () => [] },
  app: { info: () => exampleApp },
  exports: {
    list: ({ limit = 100, offset = 0 }) => ({ items: files.slice(offset, offset + limit), total: files.length }),
    render: () => [exampleJob(1)],
    handOff: () => ({ path: '/out/Friday night.edl', captions: null, notes: ['One track only.'] }),
    trash: ({ ids }) => ids.map((id) => ({ id, problem: null })),
  },
})

describe('exporting', () => {
  it('shows what a platform would refuse before anything is made, and asks for what was chosen', async () => {
    const { engine, findByRole, findByText, findByLabelText, queryByText } = renderApp('/exports', answers())
    await findByRole('heading', { level: 1 })
    act(() => openExport([exampleClip(3, 400), exampleClip(4, 20)]))
    const dialog = await findByRole('dialog')
    await findByText('2 clips')
    await userEvent.selectOptions(await findByLabelText('For'), 'youtube-shorts')
    await findByText(/YouTube Shorts shows vertical and square clips/)
    await findByText(/at most 0?3:00.* lasts 0?6:40/)
    await expectAccessible(dialog)
    await userEvent.click(await findByText('As recorded'))
    await userEvent.click(await findByText('Vertical'))
    await expect.poll(() => queryByText(/shows vertical and square clips/)).toBeNull()
    await userEvent.click(await findByText('Leave some out'))
    await userEvent.click(await findByRole('checkbox', { name: /Clip 3/ }))
    await expect.poll(() => queryByText(/at most 0?3:00/)).toBeNull()
    await userEvent.keyboard('{Enter}')
    await expect
      .poll(() => engine.calls.find(({ name }) => name === 'exports.render')?.input)
      .toEqual({
        clipIds: [4],
        options: { renderKinds: ['vertical'], cut: null, platform: 'youtube-shorts', layout: 'auto' },
      })
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
  })

  it('remembers what was chosen last', async () => {
    const { findByRole, findByText, findByLabelText } = renderApp('/exports', answers())
    await findByRole('heading', { level: 1 })
    act(() => openExport([exampleClip(4, 20)]))
    await userEvent.selectOptions(await findByLabelText('For'), 'tiktok')
    await userEvent.click(await findByRole('button', { name: /^Export 1 file/ }))
    await findByText('1 file is on its way.')
    act(() => openExport([exampleClip(5, 20)]))
    expect(((await findByLabelText('For')) as HTMLSelectElement).value).toBe('tiktok')
  })

  it('writes clips down for an editor, once it knows where', async () => {
    const { engine, findByRole, findByText, findByLabelText } = renderApp('/exports', {
      ...answers(),
      files: {
        browse: ({ folder }) => ({
          folder,
          parent: null,
          entries:
            folder === null ? [{ kind: 'folder', name: 'Places', path: '/out', size: null, modifiedAt: null }] : [],
          cutShort: false,
        }),
      },
      settings: { get: () => defaultSettings, change: () => Promise.reject(new Error('not saved')) },
    })
    await findByRole('heading', { level: 1 })
    act(() => openExport([exampleClip(4, 20)]))
    await userEvent.click(await findByRole('tab', { name: 'For an editor' }))
    await userEvent.selectOptions(await findByLabelText('Format'), 'edl')
    expect(await findByRole('button', { name: /Write the file/ })).toHaveProperty('disabled', true)
    expect(engine.calls.some(({ name }) => name === 'exports.handOff')).toBe(false)
    await userEvent.click(await findByRole('button', { name: 'Change: Folder' }))
    await userEvent.click(await findByRole('menuitem', { name: 'Browse…' }))
    await userEvent.click(await findByRole('button', { name: 'Places' }))
    await userEvent.click(await findByRole('button', { name: 'Choose this folder' }))
    await userEvent.click(await findByRole('button', { name: /Write the file/ }))
    await findByText('Written: /out/Friday night.edl')
    await findByText('One track only.')
    expect(engine.calls.find(({ name }) => name === 'exports.handOff')?.input).toEqual({
      clipIds: [4],
      format: 'edl',
      folder: '/out',
    })
    await expectAccessible()
  })
})

describe('the exports', () => {
  it('lists thousands of files with few elements, and says which are not as they were written', async () => {
    const files = Array.from({ length: 3000 }, (_, i) => file(i + 1, i === 1 ? { file: 'missing' } : {}))
    const { findByText, findByRole, container } = renderApp('/exports', answers(files))
    await findByText('3000 files')
    await findByText('File missing')
    expect((await findByRole('button', { name: 'Play Clip 2' })).hasAttribute('disabled')).toBe(true)
    expect(container.querySelectorAll('article').length).toBeLessThan(40)
    await expectAccessible()
  })

  it('plays with a key, and asks before a file goes to the recycle bin', async () => {
    const { engine, findByRole, findByText } = renderApp('/exports', answers([file(1), file(2)]))
    await findByText('clip 2.mp4')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    const dialog = await findByRole('dialog')
    expect(dialog.querySelector('video')?.getAttribute('src')).toBe('/media/render/2?path=%2Fout%2Fclip%202.mp4')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
    await userEvent.keyboard('{Delete}')
    await findByText('Move this file to the recycle bin?')
    expect(engine.calls.some(({ name }) => name === 'exports.trash')).toBe(false)
    await userEvent.click(await findByRole('button', { name: 'Move to recycle bin' }))
    await expect.poll(() => engine.calls.find(({ name }) => name === 'exports.trash')?.input).toEqual({ ids: [2] })
  })

  it('says how to begin where there is nothing', async () => {
    const { findByRole } = renderApp('/exports', answers())
    expect((await findByRole('heading', { name: 'Nothing exported yet' })).tagName).toBe('H2')
    await expectAccessible()
  })
})
