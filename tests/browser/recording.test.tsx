import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { StoredClip } from '../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { expectAccessible } from './helpers/expect-accessible.ts'
import type { FakeAnswers } from './helpers/fake-engine.ts'
import { makeRecording } from './helpers/make-recording.ts'
import { renderApp } from './helpers/render-app.tsx'

let stop = (): void => {}
beforeAll(() => {
  stop = listenToKeys()
})
afterAll(() => stop())
beforeEach(() => localStorage.clear())

// The test's own address has a query, which lands behind the hash's: `&_=` keeps it apart.
const s = ticksFromSeconds

const clip = (id: number): StoredClip => ({
  id,
  recordingId: 1,
  recording: '0'.repeat(64),
  start: s(id * 7),
  end: s(id * 7 + 5),
  peak: s(id * 7 + 2),
  score: 1 - id / 1000,
  reasons: [],
  title: `Clip ${id}`,
  state: 'candidate',
  favourite: false,
  tags: [],
  renders: [],
})

function engineOf(clips: StoredClip[], change: Partial<RecordingSummary> = {}): FakeAnswers {
  let held = clips
  return {
    clips: {
      list: () => ({ items: held, total: held.length }),
      update: ({ id, ...wish }) => {
        held = held.map((each) => (each.id === id ? ({ ...each, ...wish } as StoredClip) : each))
        return held.find((each) => each.id === id)!
      },
      remove: ({ ids }) => {
        held = held.filter(({ id }) => !ids.includes(id))
        return { count: ids.length }
      },
      create: ({ start, end }) => {
        const made = { ...clip(900), start, end, peak: start, title: 'By hand' }
        held = [...held, made]
        return made
      },
    },
    recordings: {
      get: () => ({ recording: makeRecording(1, change), segments: [] }),
      markers: () => ({ markers: [] }),
      transcript: () => ({
        lines: [
          { start: s(3), end: s(5), text: 'Good morning everybody' },
          { start: s(60), end: s(62), text: 'What a clutch that was' },
        ],
      }),
      relink: () => {
        throw new ClutchcutError('input/changed', 'other.mkv is another recording than “Stream 1”.')
      },
    },
    files: {
      browse: () => ({
        folder: '/v',
        parent: null,
        cutShort: false,
        entries: [{ kind: 'file', name: 'other.mkv', path: '/v/other.mkv', size: 1, modifiedAt: null }],
      }),
    },
    jobs: { list: () => [] },
    stills: { thumbnail: () => ({ jpeg: '', width: 1, height: 1 }) as never },
  }
}

describe('a recording', () => {
  it('with five hundred clips asks for the pictures that are in sight, and decides quickly', async () => {
    const clips = Array.from({ length: 500 }, (_, i) => clip(i + 1))
    const { findByText, engine, container } = renderApp('/recordings/1', engineOf(clips))
    await findByText('500 moments')
    await findByText('Review 500')
    expect(container.querySelectorAll('ol > li')).toHaveLength(500)
    await expect.poll(() => engine.calls.some(({ name }) => name === 'stills.thumbnail')).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(engine.calls.filter(({ name }) => name === 'stills.thumbnail').length).toBeLessThan(60)
  })

  it('renames and removes the chosen clip, and Escape chooses nothing', async () => {
    const { findByRole, findByText, queryByText, engine } = renderApp(
      '/recordings/1?clip=2&_=',
      engineOf([clip(1), clip(2)]),
    )
    await findByRole('button', { name: /Clip 2/, pressed: true })
    await userEvent.keyboard('r')
    await findByRole('textbox', { name: 'Rename' })
    await userEvent.keyboard('Ace on Inferno{Enter}')
    await findByText('Ace on Inferno')
    expect(engine.calls).toContainEqual({ name: 'clips.update', input: { id: 2, title: 'Ace on Inferno' } })
    await userEvent.click(await findByRole('button', { name: 'Remove clip' }))
    const dialog = await findByRole('dialog')
    expect(dialog.textContent).toContain('Ace on Inferno')
    await expectAccessible()
    const [, remove] = [...dialog.querySelectorAll('footer button')]
    await userEvent.click(remove ?? document.body)
    await expect.poll(() => queryByText('Ace on Inferno')).toBeNull()
    await userEvent.keyboard('{ArrowDown}')
    await findByRole('button', { name: /Clip 1/, pressed: true })
    await userEvent.keyboard('{Escape}')
    await findByRole('button', { name: /Clip 1/, pressed: false })
  })

  it('whose file is gone can be found again; another file is refused, with the reason', async () => {
    const { findByRole, findByText, engine } = renderApp('/recordings/1', engineOf([], { state: 'missing' }))
    await userEvent.click(await findByRole('button', { name: 'Find the file' }))
    await userEvent.click(await findByText('other.mkv'))
    await findByText(/other\.mkv is another recording/)
    expect(engine.calls).toContainEqual({ name: 'recordings.relink', input: { id: 1, path: '/v/other.mkv' } })
    await findByRole('button', { name: 'Find the file' })
  })

  it('shows where words are said, when it is opened from a search', async () => {
    const { findByRole, findByText, queryByText } = renderApp('/recordings/1?find=clutch&_=', engineOf([]))
    await findByText('What a clutch that was')
    expect(queryByText('Good morning everybody')).toBeNull()
    await findByText('1 line')
    await userEvent.clear(await findByRole('searchbox', { name: 'Search what is said' }))
    await findByText('Good morning everybody')
    await expectAccessible()
  })

  it('follows what is said', async () => {
    const { findByRole, findByText } = renderApp('/recordings/1?find=clutch&_=', engineOf([clip(1)]))
    await userEvent.clear(await findByRole('searchbox', { name: 'Search what is said' }))
    await userEvent.click(await findByText('What a clutch that was'))
    const said = (): string => document.querySelector('[aria-current=true]')?.textContent ?? ''
    await expect.poll(said).toContain('What a clutch')
    location.hash = '/recordings/1?find=clutch&at=4&_='
    await expect.poll(said).toContain('Good morning')
  })

  it('marks a new clip by keys, takes it back and makes it again', async () => {
    const { findByRole, findByText, findAllByText, queryByText, engine } = renderApp(
      '/recordings/1',
      engineOf([clip(1)]),
    )
    const called = (name: string): unknown[] =>
      engine.calls.filter((call) => call.name === name).map(({ input }) => input)
    await findByText('Clip 1')
    const line = await findByRole('slider', { name: 'Timeline' })
    line.focus()
    await userEvent.keyboard('{ArrowRight}i')
    // Said to the eye and to the ear.
    await findAllByText('Begins here. Mark where it ends, too.')
    // One end is no clip yet.
    await userEvent.keyboard('{Enter}')
    expect(called('clips.create')).toEqual([])
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}o')
    await findAllByText('Marked. Enter makes the clip.')
    await expectAccessible()
    await userEvent.keyboard('{Enter}')
    await findByRole('button', { name: /By hand/, pressed: true })
    // From the picture at one second up to the end of the one at four: 30 pictures a second.
    expect(called('clips.create')).toEqual([{ recordingId: 1, start: s(1), end: s(4) + s(1) / 30 }])
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.poll(() => called('clips.remove')).toEqual([{ ids: [900] }])
    await expect.poll(() => queryByText('By hand')).toBeNull()
    await userEvent.keyboard('{Control>}y{/Control}')
    await expect.poll(() => called('clips.create')).toHaveLength(2)
    await findByText('By hand')
  })

  it('drops a mark by Escape before it chooses nothing', async () => {
    const { findByRole, findByText, queryByRole } = renderApp('/recordings/1', engineOf([clip(1)]))
    await findByText('Clip 1')
    await userEvent.keyboard('i')
    await findByRole('button', { name: 'Drop the mark' })
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => queryByRole('button', { name: 'Drop the mark' })).toBeNull()
  })

  it('tells what lies where the playhead is, to the eye and to a screen reader', async () => {
    const { findByRole } = renderApp('/recordings/1', {
      ...engineOf([clip(1)]),
      recordings: {
        ...engineOf([]).recordings,
        markers: () => ({ markers: [{ start: s(8), end: s(8), kind: 'hotkey', label: 'Replay saved', weight: 1 }] }),
        curves: ({ from, to, points }) => {
          const values = Array.from({ length: points }, () => 0.75)
          return {
            from,
            step: Math.ceil((to - from) / points),
            score: { low: values, high: values },
            threshold: 0.5,
            curves: [],
          }
        },
      },
    })
    const line = await findByRole('slider', { name: 'Timeline' })
    line.focus()
    const tip = (): string => document.querySelector('[data-timeline-tip]')?.textContent ?? ''
    await userEvent.keyboard('{Home}')
    for (let i = 0; i < 8; i += 1) await userEvent.keyboard('{ArrowRight}')
    const told = ['0:08', 'Score 75%', 'Found: Clip 1', 'Marker: Replay saved']
    await expect.poll(() => told.filter((part) => !tip().includes(part))).toEqual([])
    await expect.poll(() => line.getAttribute('aria-valuetext')).toBe(told.join(', '))
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}')
    await expect.poll(() => line.getAttribute('aria-valuetext')).toContain('“Good morning everybody”')
    await expectAccessible()
    await userEvent.keyboard('{Escape}')
    await expect.poll(tip).toBe('')
    await userEvent.hover(line)
    await expect.poll(tip).not.toBe('')
    // Outside of it, nothing is told.
    await userEvent.hover(await findByRole('heading', { level: 1 }))
    await expect.poll(tip).toBe('')
  })

  it('fills the screen by F, menus and all', async () => {
    const { findByRole } = renderApp('/recordings/1', engineOf([clip(1)]))
    await findByRole('slider', { name: 'Timeline' })
    const asked = vi.spyOn(document.documentElement, 'requestFullscreen').mockResolvedValue()
    await userEvent.keyboard('f')
    expect(asked).toHaveBeenCalledTimes(1)
    await userEvent.click(await findByRole('button', { name: 'Full screen' }))
    expect(asked).toHaveBeenCalledTimes(2)
    asked.mockRestore()
  })

  it('says what pointers do, beside the keys', async () => {
    const { findByRole } = renderApp('/recordings/1', engineOf([clip(1)]))
    await findByRole('slider', { name: 'Timeline' })
    await userEvent.keyboard('?')
    const dialog = await findByRole('dialog')
    expect(dialog.textContent).toContain('Mark a new clipShift and drag, or hold and drag')
  })

  it('whose file vanishes while it is played says that, whatever failed first', async () => {
    const gone = new ClutchcutError('input/not-found', 'There is no file /videos/1.mkv.')
    const pieces = { mime: 'video/mp4; codecs="avc1.640028"', seconds: 4, count: 900, bounds: 'exact' as const }
    // Its pieces are made by FFmpeg, which only says that it failed.
    const fetched = vi
      .spyOn(window, 'fetch')
      .mockImplementation(async () =>
        Response.json({ error: { code: 'ffmpeg/failed', message: 'ffmpeg failed with exit code 1' } }, { status: 500 }),
      )
    try {
      const { findByText, queryByText } = renderApp('/recordings/1', {
        ...engineOf([clip(1)]),
        recordings: {
          ...engineOf([]).recordings,
          playback: () => {
            if (fetched.mock.calls.length > 0) throw gone
            return {
              kind: 'proxy',
              why: ['container'],
              durationSeconds: 3600,
              timestampOffsetSeconds: 0,
              video: { path: '/media/video/1/{n}', ...pieces },
              audio: null,
            }
          },
        },
      })
      await findByText('The file is not there.')
      expect(queryByText('FFmpeg failed.')).toBeNull()
    } finally {
      fetched.mockRestore()
    }
  })
})
