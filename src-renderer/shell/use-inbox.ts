import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Notice } from '../../src-shared/contract/events.ts'
import { noticeOf } from '../../src-shared/domain/notice.ts'
import { useApi } from '../api-context.tsx'
import { createStore, useStore } from '../store.ts'

export interface InboxEntry {
  readonly notice: Notice
  readonly read: boolean
}

interface Marks {
  /** Milliseconds since 1970: what came until then was seen, */
  readonly readUntil: number
  /** and what came until then was cleared away. */
  readonly clearedUntil: number
}

const REMEMBERED = 'clutchcut.inbox'
const KEPT = 60

/** Of this browser: who looks for the first time has nothing unread. */
export const inboxMarks = createStore<Marks>(parse(localStorage.getItem(REMEMBERED)))

// Another window of ours marked something.
window.addEventListener('storage', ({ key, newValue }) => {
  if (key === REMEMBERED) inboxMarks.set(parse(newValue))
})

function parse(kept: string | null): Marks {
  try {
    const { readUntil, clearedUntil } = JSON.parse(kept ?? '{}') as Partial<Record<keyof Marks, unknown>>
    if (typeof readUntil === 'number' && typeof clearedUntil === 'number') return { readUntil, clearedUntil }
  } catch {
    // As if there were nothing.
  }
  return { readUntil: Date.now(), clearedUntil: 0 }
}

function mark(change: Partial<Marks>): void {
  const marks = { ...inboxMarks.get(), ...change }
  localStorage.setItem(REMEMBERED, JSON.stringify(marks))
  inboxMarks.set(marks)
}

/** What the last jobs came to, newest first. Read from the engine's list of jobs, so that it outlives the window. */
export function useInbox() {
  const { queries } = useApi()
  const { data } = useQuery(
    queries.jobs.list.queryOptions({ input: { states: ['done', 'failed', 'needs-input'], limit: KEPT } }),
  )
  const { readUntil, clearedUntil } = useStore(inboxMarks)
  const entries = useMemo(
    () =>
      (data ?? [])
        .flatMap((job) => noticeOf(job) ?? [])
        .map((notice) => ({ notice, at: Date.parse(notice.at) }))
        .filter(({ at }) => at > clearedUntil)
        .sort((a, b) => b.at - a.at)
        .map(({ notice, at }): InboxEntry => ({ notice, read: at <= readUntil })),
    [data, readUntil, clearedUntil],
  )
  const newest = entries[0] === undefined ? 0 : Date.parse(entries[0].notice.at)
  return {
    entries,
    unread: entries.filter(({ read }) => !read).length,
    markAllRead: () => mark({ readUntil: Math.max(newest, inboxMarks.get().readUntil) }),
    clear: () => mark({ clearedUntil: newest }),
  }
}
