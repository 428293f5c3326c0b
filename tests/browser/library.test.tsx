import { act, fireEvent } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { defaultSettings } from '../../src-shared/contract/settings.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { makeRecording } from './helpers/make-recording.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())

const job: Job = {
  id: 9,
  spec: {
    kind: 'analyze',
    path: '/videos/new one.mkv',
  } as Job['spec'],
  state: 'running',
  priority: 0,
  attempt: 1,
  interruptions: 0,
  recording: null,
  progress: {
    stage: 'analyse',
    stageFraction: 0.5,
    stageEtaSeconds: 20,
    fraction: 0.4,
    etaSeconds: 30,
    waitingFor: null,
  },
  failures: [],
  createdAt: '2026-01-02T03:04:05Z',
  updatedAt: '2026-01-02T03:04:05Z',
}

/** A library of so many recordings, answered page by page. */
const library = (total: number, jobs: readonly Job[] = []): FakeAnswers => ({
  recordings: {
    list: ({ offset = 0, limit = 100, ids }) => ({
      total,
      items:
        ids?.map((id) => makeRecording(id)) ??
        Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => makeRecording(offset + i + 1)),
    }),
    games: () => [{ game: 'OpenArena', recordings: total }],
    search: ({ text }) => [
      { recordingId: 7, clipId: null, title: 'Stream 7', snippet: `what a \u0002${text}\u0003 <b>that</b> was` },
    ],
    remove: ({ ids }) => ids.map((id) => ({ id, problem: null })),
  },
  settings: { get: () => ({ ...defaultSettings, firstRunDone: true }) },
  jobs: { list: () => [...jobs], add: () => job, cancel: () => ({ ...job, state: 'cancelled' }) },
  setup: { demo: () => ({ path: '/demo.mp4' }) },
})

const offsetOf = (input: unknown): unknown => (input as { readonly offset?: number }).offset

/** The browser tells of scrolling with its next frame, and a page may wait long for one: the test tells of it itself. */
function scrollTo(container: Element, where: 'start' | 'end'): boolean {
  const scroller = container.querySelector('main > div.overflow-y-auto')
  if (scroller === null) return false
  scroller.scrollTop = where === 'start' ? 0 : scroller.scrollHeight
  fireEvent.scroll(scroller)
  return true
}

describe('the library', () => {
  it('shows the first of many, and the last when one scrolls there, with few elements', async () => {
    const { engine, findByRole, findByText, queryByText, container } = renderApp('/', library(5000))
    await findByRole('link', { name: 'Stream 1' })
    await expect.poll(() => scrollTo(container, 'end') && queryByText('Stream 5000')).not.toBeNull()
    await findByText('5,000 recordings')
    expect(container.querySelectorAll('article').length).toBeLessThan(80)
    const pages = engine.calls.flatMap(({ name, input }) => (name === 'recordings.list' ? [offsetOf(input)] : []))
    expect(new Set(pages).size).toBeLessThan(4)
  })

  it('asks for what the filters say, and keeps them in the address', async () => {
    const { engine, findByRole, findByLabelText } = renderApp('/', library(3))
    await findByRole('link', { name: 'Stream 1' })
    await userEvent.selectOptions(await findByLabelText('State'), 'missing')
    await userEvent.click(await findByRole('button', { name: 'With clips' }))
    await expect
      .poll(() => engine.calls.findLast(({ name }) => name === 'recordings.list')?.input)
      .toEqual({ state: 'missing', hasClips: true, order: 'newest', limit: 120, offset: 0 })
    expect(location.hash).toContain('state=missing')
  })

  it('marks hits, and takes nothing in them for markup', async () => {
    const { findByRole, findByText, container } = renderApp('/', library(3))
    await findByRole('link', { name: 'Stream 1' })
    await userEvent.keyboard('/')
    await userEvent.keyboard('clutch')
    expect((await findByText('clutch', { selector: 'mark' })).parentElement?.textContent).toBe(
      'what a clutch <b>that</b> was',
    )
    expect(container.querySelector('mark ~ b')).toBeNull()
  })

  it('selects a range, and forgets it after asking', async () => {
    const { engine, findByRole, findByText, queryByText } = renderApp('/', library(9))
    await userEvent.click(await findByRole('checkbox', { name: 'Select Stream 2' }))
    fireEvent.click(await findByRole('checkbox', { name: 'Select Stream 5' }), { shiftKey: true })
    await findByText('4 selected')
    await userEvent.click(await findByRole('button', { name: 'Remove' }))
    const dialog = await findByRole('dialog')
    expect(dialog.textContent).toContain('The files stay')
    await expectAccessible()
    await userEvent.click([...dialog.querySelectorAll('button')].find((b) => b.textContent === 'Remove') ?? dialog)
    await expect
      .poll(() => engine.calls.find(({ name }) => name === 'recordings.remove')?.input)
      .toEqual({
        ids: [2, 3, 4, 5],
      })
    expect(queryByText('4 selected')).toBeNull()
  })

  it('analyses all that are selected, also those that were scrolled away', async () => {
    const { engine, findByRole, queryByText, container } = renderApp('/', library(5000))
    await findByRole('link', { name: 'Stream 1' })
    await expect.poll(() => scrollTo(container, 'end') && queryByText('Stream 5000')).not.toBeNull()
    await userEvent.click(await findByRole('checkbox', { name: 'Select Stream 5000' }))
    await expect.poll(() => scrollTo(container, 'start') && queryByText('Stream 1')).not.toBeNull()
    await userEvent.click(await findByRole('checkbox', { name: 'Select Stream 1' }))
    await userEvent.click(await findByRole('button', { name: 'Analyse' }))
    const analysed = () =>
      engine.calls.flatMap(({ name, input }) =>
        name === 'jobs.add' ? [(input as { spec: { path: string } }).spec.path] : [],
      )
    await expect.poll(analysed).toEqual(['/videos/5000.mkv', '/videos/1.mkv'])
  })

  it('shows a job’s progress as it comes, and cancels it', async () => {
    const { engine, findByText, findByRole } = renderApp('/', library(0, [job]))
    await findByText('new one.mkv')
    await findByText(/40%.*30 sec left/)
    act(() => engine.tell({ kind: 'job-changed', job: { ...job, progress: { ...job.progress!, fraction: 0.8 } } }))
    await findByText(/80%/)
    await userEvent.click(await findByRole('button', { name: 'Cancel new one.mkv' }))
    expect(engine.calls.find(({ name }) => name === 'jobs.cancel')?.input).toEqual({ id: 9 })
  })

  it('says how to begin where there is nothing', async () => {
    const { findByRole } = renderApp('/', library(0))
    await findByRole('heading', { name: 'Drop your first recording' })
    expect((await findByRole('button', { name: 'Try the demo' })).textContent).toBe('Try the demo')
    await expectAccessible()
  })
})
