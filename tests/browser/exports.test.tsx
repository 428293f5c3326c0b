import { act, within } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { exportWish, openExport } from '../../src-renderer/features/exports/open-export.ts'
import { montageWish } from '../../src-renderer/features/montage/open-montage.ts'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { ExportedFile } from '../../src-shared/contract/exports.ts'
import { montageSchema } from '../../src-shared/contract/montage.ts'
import { defaultSettings } from '../../src-shared/contract/settings.ts'
import { platforms, presets } from '../../src-shared/domain/preset.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { exampleApp, exampleClip, exampleJob, exampleRecording } from './helpers/examples.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { renderApp } from './helpers/render-app.tsx'

/** What is said is seen as a notice, and read aloud from another place. */
const notice = { selector: '[data-title]' }

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
beforeEach(() => {
  localStorage.clear()
  exportWish.set(null)
  montageWish.set(null)
})

const file = (id: number, change: Partial<ExportedFile> = {}): ExportedFile => ({
  id,
  clipId: id,
  recordingId: 1,
  montage: null,
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
    await findByText('1 file is on its way.', notice)
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

  it('plays with a key, and a file that goes to the recycle bin can be taken back', async () => {
    const { engine, findByRole, findByText, queryByText } = renderApp('/exports', answers([file(1), file(2)]))
    await findByText('clip 2.mp4')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    const dialog = await findByRole('dialog')
    expect(dialog.querySelector('video')?.getAttribute('src')).toBe('/media/render/2')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
    const trashed = () => engine.calls.filter(({ name }) => name === 'exports.trash').map(({ input }) => input)
    await userEvent.keyboard('{Delete}')
    await findByText('1 file')
    expect(queryByText('clip 2.mp4')).toBeNull()
    await userEvent.click(await findByRole('button', { name: 'Undo' }))
    await findByText('clip 2.mp4')
    await userEvent.keyboard('{Delete}')
    await findByText('1 file')
    await userEvent.keyboard('{Control>}z{/Control}')
    await findByText('clip 2.mp4')
    await userEvent.keyboard('{Delete}')
    await findByText('1 file')
    expect(trashed()).toEqual([])
    // Nobody is there any more who could take it back.
    window.dispatchEvent(new Event('pagehide'))
    await expect.poll(trashed).toEqual([{ ids: [2] }])
  })

  it('in a browser, offers to download a file and copies its path', async () => {
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const { findByRole, findByText, queryByRole } = renderApp('/exports', answers([file(1)]))
    await userEvent.click(await findByRole('button', { name: 'More: clip 1.mp4' }))
    await findByRole('menuitem', { name: 'Download' })
    expect(queryByRole('menuitem', { name: 'Show in folder' })).toBeNull()
    await userEvent.click(await findByRole('menuitem', { name: 'Copy path' }))
    await findByText('The path is copied.', notice)
    expect(written).toHaveBeenCalledWith('/out/clip 1.mp4')
  })

  it('on the desktop, shows a file in its folder and copies the file itself', async () => {
    const capabilities = { ...exampleApp.capabilities, revealInFolder: true, copyFile: true }
    const { engine, findByRole, findByText, queryByRole } = renderApp('/exports', {
      ...answers([file(1)]),
      app: { info: () => ({ ...exampleApp, host: 'desktop', capabilities }) },
      exports: { ...answers([file(1)]).exports, copy: () => ({}), reveal: () => ({}) },
    })
    await findByText('clip 1.mp4')
    await userEvent.keyboard('{ArrowDown}{Control>}c{/Control}')
    await findByText('Copied. Paste it where it is to go.', notice)
    expect(engine.calls.find(({ name }) => name === 'exports.copy')?.input).toEqual({ id: 1 })
    await userEvent.click(await findByRole('button', { name: 'More: clip 1.mp4' }))
    await findByRole('menuitem', { name: 'Copy file' })
    expect(queryByRole('menuitem', { name: 'Download' })).toBeNull()
    await userEvent.keyboard('{Escape}')
    await userEvent.click(await findByRole('button', { name: 'Play Clip 1' }))
    const dialog = await findByRole('dialog')
    expect(dialog.textContent).not.toContain('Download')
    await userEvent.click(await findByRole('button', { name: 'Show in folder' }))
    await expect.poll(() => engine.calls.find(({ name }) => name === 'exports.reveal')?.input).toEqual({ id: 1 })
    await expectAccessible()
  })

  it('lists a montage with what it was made of, and reads the list again when another is made', async () => {
    const montage = montageSchema.parse({ title: 'Best of', clips: [{ clipId: 3 }, { clipId: 4 }] })
    const made = file(9, { ...{ clipId: null, recordingId: null, recordingTitle: null, montage }, title: 'Best of' })
    const files = [file(1)]
    const { engine, findByRole, findByText } = renderApp('/exports', answers(files))
    await findByText('1 file')
    files.unshift(made)
    act(() => engine.tell({ kind: 'exports-changed' }))
    await findByText('2 files')
    await findByText(/2 clips/)
    await userEvent.click(await findByRole('button', { name: 'More: clip 9.mp4' }))
    await userEvent.click(await findByRole('menuitem', { name: 'Change and make again' }))
    const dialog = await findByRole('dialog')
    expect((await within(dialog).findByLabelText<HTMLInputElement>('Title')).value).toBe('Best of')
    expect(within(dialog).getAllByRole('listitem').length).toBe(2)
  })

  it('says how to begin where there is nothing', async () => {
    const { findByRole } = renderApp('/exports', answers())
    expect((await findByRole('heading', { name: 'Nothing exported yet' })).tagName).toBe('H2')
    await expectAccessible()
  })
})
