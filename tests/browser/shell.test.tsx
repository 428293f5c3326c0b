import { act } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inboxMarks } from '../../src-renderer/shell/use-inbox.ts'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { defaultSettings } from '../../src-shared/contract/settings.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
beforeEach(() => inboxMarks.set({ readUntil: Date.parse('2026-01-01T00:00:00Z'), clearedUntil: 0 }))

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

const job = (id: number, updatedAt: string): Job => ({
  id,
  spec: { kind: 'analyze', path: `/v/${id}.mkv` } as Job['spec'],
  state: 'done',
  priority: 0,
  attempt: 1,
  interruptions: 0,
  recording: null,
  progress: null,
  failures: [],
  createdAt: updatedAt,
  updatedAt,
  about: { recordingId: id, title: `Stream ${id}` },
})

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

  it('shows what a job came to, and leads there', async () => {
    const { engine, findByRole, findAllByText } = renderApp('/gallery')
    await findByRole('heading', { level: 1 })
    act(() => engine.tell({ kind: 'notice', notice: { ...notice, kind: 'render' } }))
    expect(await findAllByText('Friday night is ready')).not.toHaveLength(0)
    await userEvent.click(await findByRole('button', { name: 'Show' }))
    await findByRole('heading', { level: 1, name: 'Exports' })
  })

  it('keeps in the inbox what the last jobs came to, says what is new, and clears it', async () => {
    const jobs = { list: () => [job(1, '2025-12-01T00:00:00Z'), job(2, '2026-01-02T00:00:00Z')] }
    const { findAllByRole, findByRole, findByText, queryByRole } = renderApp('/gallery', { jobs })
    await findByRole('heading', { level: 1 })
    const [bell] = await findAllByRole('button', { name: 'Inbox: 1 unread notice' })
    await userEvent.click(bell ?? document.body)
    const inbox = await findByRole('dialog')
    const links = [...inbox.querySelectorAll('a')]
    expect(links.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Stream 2 is ready (new)'),
      expect.stringMatching(/Stream 1 is ready(?! \(new\))/),
    ])
    expect(links[0]?.getAttribute('href')).toMatch(/#\/recordings\/2$/)
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => queryByRole('button', { name: /unread/ })).toBeNull()
    await userEvent.keyboard('{Shift>}I{/Shift}')
    await userEvent.click(await findByRole('button', { name: 'Clear all' }))
    await findByText('Nothing yet. What jobs come to is kept here.')
    expect(JSON.parse(localStorage.getItem('clutchcut.inbox') ?? '')).toMatchObject({
      clearedUntil: Date.parse('2026-01-02T00:00:00Z'),
    })
  })

  it('takes theme and language from the settings, and reads them again when they change', async () => {
    let settings = { ...defaultSettings, theme: 'light' as 'light' | 'dark', language: 'de' as 'de' | 'en' }
    const { engine, findByRole } = renderApp('/', { settings: { get: () => settings } })
    const { dataset } = document.documentElement
    expect((await findByRole('heading', { level: 1, name: 'Bibliothek' })).textContent).toBe('Bibliothek')
    await expect.poll(() => dataset['theme']).toBe('light')
    await expect.poll(() => document.documentElement.lang).toBe('de')
    settings = { ...settings, theme: 'dark', language: 'en' }
    act(() => engine.tell({ kind: 'settings-changed' }))
    await findByRole('heading', { level: 1, name: 'Library' })
    await expect.poll(() => dataset['theme']).toBe('dark')
  })

  it('says when the engine is gone, and when it may not be reached', async () => {
    const { engine, findByText, findByRole, queryByText } = renderApp('/')
    await findByRole('heading', { level: 1 })
    // As in a desktop whose engine does not start.
    act(() => engine.setConnection({ kind: 'connecting' }))
    act(() => engine.setConnection({ kind: 'lost', retryAt: 0 }))
    await findByText('The engine does not answer. Trying again…')
    act(() => engine.setConnection({ kind: 'open' }))
    await expect.poll(() => queryByText('The engine does not answer. Trying again…')).toBeNull()
    act(() => engine.setConnection({ kind: 'signed-out' }))
    await findByText('This browser is not signed in')
    await findByText(/Press Enter in the window where Clutchcut runs/)
  })

  it.each(['dark', 'light'] as const)('has a gallery without a violation, in the %s theme', async (theme) => {
    const { findByRole } = renderApp('/gallery', { settings: { get: () => ({ ...defaultSettings, theme }) } })
    await findByRole('heading', { level: 1, name: 'Gallery' })
    await expect.poll(() => document.documentElement.dataset['theme']).toBe(theme)
    await expectAccessible()
  })
})
