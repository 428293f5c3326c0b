import { fireEvent } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listenToKeys, ownKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import { defaultSettings, type Settings } from '../../src-shared/contract/settings.ts'
import { presets } from '../../src-shared/domain/preset.ts'
import { privacyItems } from '../../src-shared/domain/privacy.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { exampleApp, exampleRecording } from './helpers/examples.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
afterEach(() => ownKeys.set({}))

/** A picture of one pixel; that it is none of JPEG does not matter to a browser. */
const pixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

/** Keeps what is changed, as the engine does. */
function answers(): FakeAnswers {
  let settings: Settings = defaultSettings
  return {
    settings: {
      get: () => settings,
      change: (change) => (settings = { ...settings, ...change } as Settings),
    },
    recordings: { list: () => ({ items: [exampleRecording], total: 1 }) },
    jobs: { list: () => [] },
    clips: { list: () => ({ items: [], total: 0 }) },
    setup: { suggestions: () => [] },
    detection: {
      preview: ({ sensitivity }) => ({
        threshold: 0.9 - sensitivity,
        most: 5,
        segments: [0.8, 0.5, 0.2].map((score, i) => ({
          start: ticksFromSeconds(i * 100),
          end: ticksFromSeconds(i * 100 + 20),
          peak: ticksFromSeconds(i * 100 + 10),
          score,
          selected: score >= 0.9 - sensitivity,
        })),
      }),
    },
    presets: { list: () => Object.values(presets) },
    layouts: {
      list: () => [{ game: 'OpenArena', region: { x: 0.7, y: 0.7, width: 0.25, height: 0.25 } }],
      set: (setting) => [setting],
    },
    stills: { thumbnail: () => ({ jpeg: pixel, width: 1, height: 1, time: 0 }) },
    devices: {
      report: () => [
        {
          provider: 'cpu',
          status: 'ok',
          milliseconds: 9.6,
          maxError: 0,
          reason: null,
          checkedAt: 0,
          model: 'highlights',
          chosen: true,
        },
      ],
    },
    models: { list: () => [] },
    storage: {
      report: () => ({
        parts: [{ what: 'stills', bytes: 1000, files: 1, quotaBytes: 5000, cleaning: 'again' }],
        freeBytes: 1e9,
      }),
      clean: () => ({ freedBytes: 1000, files: 1 }),
    },
    privacy: { report: () => privacyItems({ learning: true }) },
    app: { info: () => exampleApp },
  }
}

describe('the settings', () => {
  it('saves at once, and takes it back', async () => {
    const { engine, findByText, findByLabelText } = renderApp('/settings', answers())
    const changes = () => engine.calls.filter(({ name }) => name === 'settings.change').map(({ input }) => input)
    const template = await findByLabelText('File names')
    await userEvent.clear(template)
    // Two braces are one for the keyboard.
    await userEvent.type(template, '{{title} {{oops}')
    await findByText(/Unknown: \{oops\}/)
    await userEvent.keyboard('{Enter}')
    expect(changes()).toEqual([])
    await userEvent.clear(template)
    await userEvent.type(template, '{{title} {{score}')
    await findByText('For example: Triple kill 87.mp4')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.querySelector('[data-sonner-toast]')?.textContent).toContain('Saved.')
    expect(changes()).toEqual([{ nameTemplate: '{title} {score}' }])
    // What is said twice, here and to screen readers, is not found by its text alone.
    const undo = () => document.querySelector<HTMLElement>('[data-sonner-toast] button')
    await expect.poll(() => undo()?.textContent).toBe('Undo')
    undo()?.click()
    await expect.poll(() => changes().at(-1)).toEqual({ nameTemplate: defaultSettings.nameTemplate })
    await expect.poll(() => (template as HTMLInputElement).value).toBe(defaultSettings.nameTemplate)
  })

  it('tries another sensitivity on a recording before it is saved', async () => {
    const { engine, findByRole, findByText } = renderApp('/settings', answers())
    await findByText('2 moments of 3 would be taken.')
    const slider = await findByRole('slider', { name: 'Sensitivity' })
    fireEvent.focus(slider)
    fireEvent.keyDown(slider, { key: 'End' })
    await findByText('3 moments of 3 would be taken.')
    expect(engine.calls.find(({ name }) => name === 'settings.change')?.input).toEqual({ sensitivity: 1 })
  })

  it('refuses keys that are taken, and takes free ones', async () => {
    const { engine, findByRole, findByText } = renderApp('/settings', answers())
    const asked = () => engine.calls.filter(({ name }) => name === 'settings.change').map(({ input }) => input)
    const review = await findByRole('region', { name: 'Review' })
    const add = [...review.querySelectorAll('button')].find((button) => button.ariaLabel === 'Add keys: Keep')
    await userEvent.click(add ?? review)
    await userEvent.keyboard('x')
    await findByText('X is taken already, by “Reject”.')
    await userEvent.click(add ?? review)
    await userEvent.keyboard('?')
    await findByText('? is taken already, by “Show all keys”.')
    expect(asked()).toEqual([])
    await userEvent.click(add ?? review)
    // Free here, though another page uses it.
    await userEvent.keyboard('{Shift>}a{/Shift}')
    await expect.poll(asked).toEqual([{ shortcuts: { 'review.keep': ['Enter', 'Shift+A'] } }])
    await userEvent.click(await findByRole('button', { name: 'Reset: Keep' }))
    await expect.poll(() => asked().at(-1)).toEqual({ shortcuts: {} })
  })

  it('is told where a camera is, by keys alone', async () => {
    const { engine, findByRole } = renderApp('/settings', answers())
    await userEvent.click(await findByRole('button', { name: 'Show where a camera is' }))
    const picture = await findByRole('group', { name: 'Picture of the recording' })
    expect((await findByRole('button', { name: 'Save' })).hasAttribute('disabled')).toBe(true)
    picture.focus()
    await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowUp}{/Shift}')
    await expectAccessible()
    await userEvent.click(await findByRole('button', { name: 'Save' }))
    await expect
      .poll(() => engine.calls.find(({ name }) => name === 'layouts.set')?.input)
      .toEqual({
        game: 'OpenArena',
        region: { x: expect.closeTo(0.69) as number, y: 0.7, width: 0.25, height: expect.closeTo(0.24) as number },
      })
  })

  it('finds a setting by its name, and asks before it cleans', async () => {
    const { engine, findByRole, findByText, queryByRole } = renderApp('/settings', answers())
    await findByRole('heading', { name: 'Detection' })
    await userEvent.keyboard('/')
    await userEvent.keyboard('room')
    await expect.poll(() => queryByRole('heading', { name: 'Detection' })).toBeNull()
    await userEvent.click(await findByRole('button', { name: 'Clean: Thumbnails' }))
    await findByText(/It is made again when it is needed/)
    await userEvent.click(await findByRole('button', { name: 'Clean' }))
    await findByText('1 kB freed.')
    expect(engine.calls.find(({ name }) => name === 'storage.clean')?.input).toEqual({ what: ['stills'] })
  })

  it.each(['dark', 'light'] as const)('has no violation, in the %s theme', async (theme) => {
    const all = answers()
    const { findByText } = renderApp('/settings', {
      ...all,
      settings: { get: () => ({ ...defaultSettings, theme, maskWords: true, maskedWords: ['darn'] }) },
    })
    await findByText('Clutchcut 1.2.3')
    await expect.poll(() => document.documentElement.dataset['theme']).toBe(theme)
    await expectAccessible()
  })
})
