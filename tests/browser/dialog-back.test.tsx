import { act, within } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { montageWish, openMontage } from '../../src-renderer/features/montage/open-montage.ts'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import { exampleApp, exampleClip } from './helpers/examples.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
beforeEach(() => montageWish.set(null))

const answers: FakeAnswers = {
  jobs: { list: () => [] },
  app: { info: () => exampleApp },
  exports: { list: () => ({ items: [], total: 0 }) },
  files: { browse: () => ({ folder: '/music', parent: null, entries: [], cutShort: false }) },
}
const dialogs = (): (string | null)[] =>
  [...document.querySelectorAll('[role=dialog]')].map((dialog) => dialog.querySelector('h2')?.textContent ?? null)
const at = (): string => location.hash

it('Back closes the dialog on top, then the one below it, and only then leaves the page', async () => {
  const { findByRole } = renderApp('/jobs', answers)
  await findByRole('heading', { level: 1, name: 'Jobs' })
  await userEvent.click(await findByRole('link', { name: /^Exports/ }))
  await findByRole('heading', { level: 1, name: 'Exports' })
  act(() => openMontage([exampleClip(1, 10)]))
  const dialog = within(await findByRole('dialog', { name: 'Montage' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Choose music' }))
  await expect.poll(dialogs).toEqual(['Montage', 'Choose music'])

  history.back()
  await expect.poll(dialogs).toEqual(['Montage'])
  await expect.poll(at).toBe('#/exports')
  // What was chosen so far is still there.
  expect(dialog.getAllByRole('listitem')).toHaveLength(1)
  history.back()
  await expect.poll(dialogs).toEqual([])
  await expect.poll(at).toBe('#/exports')
  history.forward()
  await findByRole('heading', { level: 1, name: 'Exports' })
  expect(dialogs()).toEqual([])
  history.back()
  await findByRole('heading', { level: 1, name: 'Jobs' })
  expect(at()).toBe('#/jobs')
})

it('on the first page too, and closing it otherwise leaves Back as it was', async () => {
  const { findByRole } = renderApp('/exports', answers)
  await findByRole('heading', { level: 1, name: 'Exports' })
  await userEvent.keyboard('?')
  await expect.poll(dialogs).toEqual(['Keyboard'])
  history.back()
  await expect.poll(dialogs).toEqual([])
  await expect.poll(at).toBe('#/exports')

  await userEvent.click(await findByRole('link', { name: /^Jobs/ }))
  await findByRole('heading', { level: 1, name: 'Jobs' })
  await userEvent.keyboard('?')
  await expect.poll(dialogs).toEqual(['Keyboard'])
  await userEvent.keyboard('{Escape}')
  await expect.poll(dialogs).toEqual([])
  history.back()
  await findByRole('heading', { level: 1, name: 'Exports' })
})
