import { act, within } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { montageWish, openMontage } from '../../src-renderer/features/montage/open-montage.ts'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import { exampleApp, exampleClip, exampleJob } from './helpers/examples.ts'
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
  montageWish.set(null)
})

const answers: FakeAnswers = {
  jobs: { list: () => [] },
  app: { info: () => exampleApp },
  exports: { list: () => ({ items: [], total: 0 }), montage: () => exampleJob(1) },
  files: {
    browse: () => ({
      folder: '/music',
      parent: null,
      entries: [{ kind: 'file', name: 'song.mp3', path: '/music/song.mp3', size: 1, modifiedAt: null }],
      cutShort: false,
    }),
  },
}

async function open() {
  const app = renderApp('/exports', answers)
  await app.findByRole('heading', { level: 1 })
  act(() => openMontage([exampleClip(1, 10), exampleClip(2, 20), exampleClip(3, 30)]))
  const dialog = within(await app.findByRole('dialog', { name: 'Montage' }))
  const order = () => dialog.getAllByRole('listitem').map((row) => /Clip \d/.exec(row.textContent)?.[0])
  return { ...app, dialog, order }
}

describe('making a montage', () => {
  it('is put in order by keys, and asked for as it was put together', async () => {
    const { engine, dialog, order, findByText } = await open()
    expect(dialog.getByRole('status').textContent).toBe('3 clips, about 1:00')
    dialog.getByRole('button', { name: /^Move Clip 3/ }).focus()
    await userEvent.keyboard('{ArrowUp}')
    await expect.poll(order).toEqual(['Clip 1', 'Clip 3', 'Clip 2'])
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Move Clip 3, place 2')
    await userEvent.keyboard('{Home}')
    await expect.poll(order).toEqual(['Clip 3', 'Clip 1', 'Clip 2'])
    await userEvent.click(dialog.getByRole('button', { name: 'Leave out Clip 2' }))
    await userEvent.click(dialog.getByText('Cross-fade'))
    await userEvent.click(dialog.getByText('9:16'))
    await userEvent.click(dialog.getByRole('switch', { name: 'A title card before each clip' }))
    await userEvent.fill(dialog.getByRole('textbox', { name: 'Title card of Clip 1' }), 'The comeback')
    await userEvent.click(dialog.getByRole('button', { name: 'Choose music' }))
    await userEvent.click(await within(document.body).findByRole('button', { name: /song.mp3/ }))
    await userEvent.fill(dialog.getByRole('textbox', { name: 'Title' }), 'Best of Friday')
    expect(dialog.getByRole('status').textContent).toBe('2 clips, about 0:43')
    await expectAccessible(document.querySelector('[role=dialog]') as HTMLElement)
    await userEvent.keyboard('{Enter}')
    const card = (title: string) => ({ title, subtitle: '', seconds: 2 })
    await expect
      .poll(() => engine.calls.find(({ name }) => name === 'exports.montage')?.input)
      .toEqual({
        montage: {
          title: 'Best of Friday',
          clips: [
            { clipId: 3, transition: { kind: 'cut' }, card: card('Clip 3') },
            { clipId: 1, transition: { kind: 'cross-fade', seconds: 0.5 }, card: card('The comeback') },
          ],
          music: { path: '/music/song.mp3', gainDb: -8, alignBeats: false, duck: true },
          kinds: ['vertical'],
          chapters: true,
        },
      })
    await findByText('The montage is on its way.', notice)
    await expect.poll(() => document.querySelector('[role=dialog]')).toBeNull()
  })

  it('is put in order by dragging, and not made of nothing', async () => {
    const { dialog, order } = await open()
    const handle = dialog.getByRole('button', { name: /^Move Clip 1/ })
    const at = (row: number) => {
      const { left, top, height } = dialog.getAllByRole('listitem')[row]!.getBoundingClientRect()
      return { pointerId: 1, bubbles: true, clientX: left + 10, clientY: top + height / 2 }
    }
    // There is no real pointer that could be held.
    handle.setPointerCapture = () => {}
    act(() => void handle.dispatchEvent(new PointerEvent('pointerdown', at(0))))
    act(() => void handle.dispatchEvent(new PointerEvent('pointermove', at(2))))
    act(() => void handle.dispatchEvent(new PointerEvent('pointerup', at(2))))
    await expect.poll(order).toEqual(['Clip 2', 'Clip 3', 'Clip 1'])
    for (let left = 3; left > 0; left -= 1) {
      await userEvent.click(dialog.getAllByRole('button', { name: /^Leave out/ })[0]!)
    }
    dialog.getByText('There is no clip left.')
    expect(dialog.getByRole('button', { name: /Make it/ })).toHaveProperty('disabled', true)
  })
})
