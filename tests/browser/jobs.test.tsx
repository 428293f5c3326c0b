import { act } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { exampleJob } from './helpers/examples.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())

const running = exampleJob(1, {
  state: 'running',
  about: { recordingId: 7, title: 'Friday night' },
  progress: {
    stage: 'analyse',
    stageFraction: 0.5,
    stageEtaSeconds: 20,
    fraction: 0.4,
    etaSeconds: 30,
    waitingFor: null,
  },
})
const failed = exampleJob(4, {
  state: 'failed',
  failures: [
    {
      code: 'output/disk-full',
      message: 'The disk of “/out” is full. Free 2 GB and try again.',
      data: {},
      stage: 'render',
      at: '2026-01-02T03:04:05Z',
    },
  ],
})

const answers = (jobs: readonly Job[]): FakeAnswers => ({
  jobs: {
    list: ({ states }) => jobs.filter(({ state }) => states === undefined || states.includes(state)),
    log: () => ({
      lines: [{ at: '2026-01-02T03:04:05Z', level: 'error', text: 'write: no space left' }],
      ffmpeg: ['av_interleaved_write_frame(): No space left on device'],
    }),
    pause: () => ({ ...running, state: 'paused' }),
    retry: () => ({ ...failed, state: 'queued' }),
    setPriority: ({ id, priority }) => exampleJob(id, { priority }),
  },
})

describe('the jobs', () => {
  it('tells how far they are as it happens, and counts them in the navigation', async () => {
    const { engine, findByText, findByRole, findAllByText } = renderApp('/jobs', answers([running, exampleJob(2)]))
    await findByText('1 running, 1 waiting, 0 ended')
    await findByText('Listening and watching')
    await findByText(/40%.*30 sec left/)
    const progress = { ...running.progress!, stage: 'select' as const, fraction: 0.9, waitingFor: 'Waiting for a game' }
    act(() => engine.tell({ kind: 'job-changed', job: { ...running, progress } }))
    await findByText('Waiting for a game')
    expect((await findByRole('link', { name: 'Friday night' })).getAttribute('href')).toContain('/recordings/7')
    expect(await findAllByText('2')).not.toHaveLength(0)
    await expectAccessible()
  })

  it('obeys keys: the chosen one is paused, done next, tried again', async () => {
    const waiting = [exampleJob(2, { priority: 3 }), exampleJob(3)]
    const { engine, findByText } = renderApp('/jobs', answers([running, ...waiting, failed]))
    await findByText('1 running, 2 waiting, 1 ended')
    const asked = (name: string) => engine.calls.find((call) => call.name === name)?.input
    await userEvent.keyboard('{ArrowDown}p')
    await expect.poll(() => asked('jobs.pause')).toEqual({ id: 1 })
    await userEvent.keyboard('{ArrowDown}{ArrowDown}u')
    await expect.poll(() => asked('jobs.setPriority')).toEqual({ id: 3, priority: 4 })
    await userEvent.keyboard('d')
    await expect
      .poll(() => engine.calls.findLast(({ name }) => name === 'jobs.setPriority')?.input)
      .toEqual({ id: 3, priority: -1 })
    await userEvent.keyboard('{ArrowDown}r')
    await expect.poll(() => asked('jobs.retry')).toEqual({ id: 4 })
  })

  it('says why one failed and what to do, with the end of its log', async () => {
    const { findByRole, findByText } = renderApp('/jobs', answers([failed]))
    await findByText('The disk is full.')
    await findByText(/Free 2 GB and try again/)
    await userEvent.click(await findByRole('button', { name: 'Log of 4.mkv' }))
    const sheet = await findByRole('dialog')
    await findByText(/03:04:05 +error +write: no space left/)
    expect(sheet.textContent).toContain('No space left on device')
    expect((await findByRole('button', { name: 'Copy all' })).hasAttribute('disabled')).toBe(false)
    await expectAccessible()
  })

  it('says of one that is done that it went on after its process had ended', async () => {
    const done = exampleJob(5, { state: 'done', attempt: 2, interruptions: 1 })
    const { findByText } = renderApp('/jobs', answers([done]))
    await findByText('Attempt 2')
    expect((await findByText('Went on after an interruption')).closest('li')?.textContent).toContain('Done')
  })

  it('says so where there is nothing to do', async () => {
    const { findByRole } = renderApp('/jobs', answers([]))
    expect((await findByRole('heading', { name: 'Nothing to do' })).tagName).toBe('H2')
  })
})
