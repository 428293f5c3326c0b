import { userEvent } from 'vitest/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listenToKeys } from '../../src-renderer/shortcuts/use-shortcuts.ts'
import type { StoredClip } from '../../src-shared/contract/clip.ts'
import type { EditState } from '../../src-shared/contract/clip-edit.ts'
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

const s = ticksFromSeconds

const clip = (id: number, recordingId = 1): StoredClip => ({
  id,
  recordingId,
  recording: '0'.repeat(64),
  start: s(id * 10),
  end: s(id * 10 + 8),
  peak: s(id * 10 + 4),
  score: 1 - id / 1000,
  reasons: [],
  title: `Clip ${id}`,
  state: 'candidate',
  favourite: false,
  tags: [],
  renders: [],
})

/** An engine that holds clips, and trims of them with undo, as the real one does. */
function clipsOf(made: readonly StoredClip[], missing: readonly number[] = []): FakeAnswers {
  const held = new Map(made.map((each) => [each.id, each]))
  const trims = new Map<number, { start: number; end: number }[]>()
  const stateOf = (id: number): EditState => {
    const all = trims.get(id) ?? []
    const { start, end } = all.at(-1) ?? held.get(id)!
    const parts = [{ start, end, speed: 1 }]
    return {
      edits: { parts, zoom: [], texts: [], sound: {} },
      revision: all.length,
      canUndo: all.length > 0,
      canRedo: false,
    } as unknown as EditState
  }
  return {
    clips: {
      list: ({ state, limit = 100 }) => {
        const items = [...held.values()].filter((each) => state === undefined || each.state === state)
        return { total: items.length, items: items.slice(0, limit) }
      },
      update: ({ id, ...change }) => {
        const next = { ...held.get(id)!, ...change } as StoredClip
        held.set(id, next)
        return next
      },
      edits: ({ id }) => stateOf(id),
      edit: ({ id, edit, expected }) => {
        if (edit.kind !== 'trim') throw new Error('only trims')
        if (expected !== stateOf(id).revision) throw new Error(`meant for ${expected}`)
        trims.set(id, [...(trims.get(id) ?? []), { start: edit.start, end: edit.end }])
        return stateOf(id)
      },
      undo: ({ id }) => {
        trims.get(id)?.pop()
        return stateOf(id)
      },
    },
    recordings: {
      list: ({ state }) => {
        const items = state === 'missing' ? missing.map((id) => makeRecording(id, { state })) : [makeRecording(1)]
        return { items, total: items.length }
      },
      get: ({ id }) => ({ recording: makeRecording(id), segments: [] }),
      playback: () => ({ kind: 'direct', path: '/nothing.mp4', durationSeconds: 60, offsetSeconds: 0 }),
    },
  }
}

describe('review', () => {
  it('takes trims and decisions back in the order in which they were made', async () => {
    const { findByText, engine } = renderApp('/review', clipsOf([clip(1), clip(2)]))
    await findByText('Clip 1')
    const called = (name: string): number => engine.calls.filter((call) => call.name === name).length
    // The player of a test plays nothing and stands at the clip's beginning: the end cannot lie before it.
    await userEvent.keyboard('{ArrowLeft}o')
    await findByText('A clip has to end after it begins.')
    expect(called('clips.edit')).toBe(0)
    await userEvent.keyboard('{ArrowRight}{ArrowRight}i')
    await expect.poll(() => called('clips.edit')).toBe(1)
    await userEvent.keyboard('{Enter}')
    await findByText('Clip 2')
    await userEvent.keyboard('s')
    await expect.poll(() => called('clips.update')).toBe(2)
    await userEvent.keyboard('u')
    await expect.poll(() => called('clips.update')).toBe(3)
    await userEvent.keyboard('u')
    await findByText('Clip 1')
    expect(engine.calls.findLast(({ name }) => name === 'clips.update')?.input).toMatchObject({
      id: 1,
      state: 'candidate',
    })
    expect(called('clips.undo')).toBe(0)
    await userEvent.keyboard('u')
    await expect.poll(() => called('clips.undo')).toBe(1)
  })

  it('leaves out clips whose recordings are not there, and says so', async () => {
    const { findByText, queryByText } = renderApp('/review', clipsOf([clip(1, 5), clip(2)], [5]))
    await findByText('Clip 2')
    await findByText('1 clip is left out: the file of its recording is not there.')
    expect(queryByText('Clip 1')).toBeNull()
    await expectAccessible()
  })

  it('goes on where it was left', async () => {
    const answers = clipsOf([clip(1), clip(2), clip(3)])
    const first = renderApp('/review', answers)
    await first.findByText('Clip 1')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await first.findByText('Clip 3')
    first.unmount()
    const again = renderApp('/review', answers)
    expect((await again.findByText('Clip 3')).textContent).toBe('Clip 3')
  })

  it('goes through hundreds, one key each, and tells how many were kept', async () => {
    const many = Array.from({ length: 500 }, (_, i) => clip(i + 1))
    const { findByText, engine } = renderApp('/review', clipsOf(many))
    await findByText('1 of 500')
    for (let i = 0; i < 10; i += 1) await userEvent.keyboard('x')
    await findByText('11 of 500')
    await expect.poll(() => engine.calls.filter(({ name }) => name === 'clips.update')).toHaveLength(10)
  })
})
