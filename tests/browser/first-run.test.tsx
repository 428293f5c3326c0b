import { userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { defaultSettings, type Settings } from '../../src-shared/contract/settings.ts'
import { exampleJob, exampleRecording } from './helpers/examples.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { renderApp } from './helpers/render-app.tsx'

function answers(): FakeAnswers {
  let settings: Settings = defaultSettings
  const folder = (name: string) => ({
    recorder: 'obs' as const,
    name,
    folder: `/videos/${name}`,
    recordings: 3,
    newestAt: null,
    configured: true,
  })
  return {
    settings: {
      get: () => settings,
      change: (change) => (settings = { ...settings, ...change } as Settings),
    },
    recordings: {
      list: () => ({ items: [], total: 0 }),
      games: () => [],
      get: () => ({ recording: exampleRecording, segments: [] }),
    },
    clips: { list: () => ({ items: [], total: 0 }) },
    jobs: {
      list: () => [],
      add: () => exampleJob(9),
      get: () => exampleJob(9, { state: 'running', about: { recordingId: 1, title: 'Demo' } }),
    },
    setup: { suggestions: () => [folder('OBS'), folder('Steam')], demo: () => ({ path: '/demo.mp4' }) },
    devices: { report: () => [] },
  }
}

describe('the first run', () => {
  it('goes through three steps with Enter alone, and ends at the demo', async () => {
    const { engine, findByText, findByRole } = renderApp('/', answers())
    await findByText('Where do you record to?')
    await expectAccessible()
    await userEvent.click(await findByRole('checkbox', { name: /Steam/ }))
    ;(await findByRole('button', { name: 'Continue' })).focus()
    await userEvent.keyboard('{Enter}')
    await findByText('How fast is this machine?')
    await userEvent.keyboard('{Enter}')
    await findByText('See it at work')
    await expectAccessible()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => location.hash).toContain('/recordings/1')
    const changes = engine.calls.filter(({ name }) => name === 'settings.change').map(({ input }) => input)
    expect(changes).toEqual([{ recorderFolders: ['/videos/OBS'] }, { firstRunDone: true }])
    expect(engine.calls.find(({ name }) => name === 'jobs.add')?.input).toEqual({
      spec: { kind: 'analyze', path: '/demo.mp4' },
    })
  })

  it('can be skipped', async () => {
    const { engine, findByRole } = renderApp('/', answers())
    await userEvent.click(await findByRole('button', { name: 'Skip' }))
    await findByRole('heading', { name: 'Drop your first recording' })
    expect(engine.calls.find(({ name }) => name === 'settings.change')?.input).toEqual({ firstRunDone: true })
  })
})
