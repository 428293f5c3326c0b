import { act } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inboxEntries } from '../../src-renderer/notices.ts'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import { defaultSettings } from '../../src-shared/contract/settings.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
beforeEach(() => inboxEntries.set([]))

const notice = {
  jobId: 3,
  kind: 'analyze',
  outcome: 'done',
  title: 'Friday night',
  recordingId: 1,
  clips: 5,
  renders: null,
  failure: null,
  at: '2026-01-02T03:04:05Z',
} as const

describe('the shell', () => {
  it('opens the palette with the keyboard, finds a page, and goes there', async () => {
    const { findByPlaceholderText, findByRole, queryByRole } = renderApp('/gallery')
    await findByRole('heading', { level: 1 })
    await userEvent.keyboard('{Control>}k{/Control}')
    await findByPlaceholderText('Type what you want to do')
    await userEvent.keyboard('library{Enter}')
    expect((await findByRole('heading', { level: 1, name: 'Library' })).textContent).toBe('Library')
    expect(queryByRole('dialog')).toBeNull()
    expect(location.hash).toMatch(/^#\/(\?|$)/)
    await expect.poll(() => document.activeElement?.tagName).toBe('H1')
  })

  it('lists all keys, and keys rest while a dialog is open', async () => {
    const { findByRole, getAllByRole } = renderApp('/gallery')
    await findByRole('heading', { level: 1 })
    await userEvent.keyboard('?')
    expect((await findByRole('dialog')).textContent).toContain('Show all keys')
    await userEvent.keyboard('{Control>}k{/Control}')
    expect(getAllByRole('dialog')).toHaveLength(1)
    await expectAccessible()
  })

  it('shows what a job came to, and keeps it in the inbox', async () => {
    const { engine, findByRole, findAllByText, getAllByRole } = renderApp('/gallery')
    await findByRole('heading', { level: 1 })
    act(() => engine.tell({ kind: 'notice', notice }))
    expect(await findAllByText('Friday night is ready')).not.toHaveLength(0)
    const [bell] = getAllByRole('button', { name: 'Inbox: 1 unread notice' })
    await userEvent.click(bell ?? document.body)
    expect((await findByRole('dialog')).textContent).toContain('5 clips found')
  })

  it('takes theme and language from the settings, and reads them again when they change', async () => {
    let settings = { ...defaultSettings, theme: 'light' as 'light' | 'dark', language: 'de' as 'de' | 'en' }
    const { engine, findByRole } = renderApp('/', { settings: { get: () => settings } })
    expect((await findByRole('heading', { level: 1, name: 'Bibliothek' })).textContent).toBe('Bibliothek')
    expect(document.documentElement.dataset['theme']).toBe('light')
    expect(document.documentElement.lang).toBe('de')
    settings = { ...settings, theme: 'dark', language: 'en' }
    act(() => engine.tell({ kind: 'settings-changed' }))
    await findByRole('heading', { level: 1, name: 'Library' })
    expect(document.documentElement.dataset['theme']).toBe('dark')
  })

  it('says when the engine is gone, and when it may not be reached', async () => {
    const { engine, findByText, findByRole, queryByText } = renderApp('/')
    await findByRole('heading', { level: 1 })
    act(() => engine.setConnection({ kind: 'lost', retryAt: 0 }))
    await findByText('The engine does not answer. Trying again…')
    act(() => engine.setConnection({ kind: 'open' }))
    await expect.poll(() => queryByText('The engine does not answer. Trying again…')).toBeNull()
    act(() => engine.setConnection({ kind: 'signed-out' }))
    await findByText('This browser is not signed in')
  })

  it.each(['dark', 'light'] as const)('has a gallery without a violation, in the %s theme', async (theme) => {
    const { findByRole } = renderApp('/gallery', { settings: { get: () => ({ ...defaultSettings, theme }) } })
    await findByRole('heading', { level: 1, name: 'Gallery' })
    await expect.poll(() => document.documentElement.dataset['theme']).toBe(theme)
    await expectAccessible()
  })
})
