import type { Notice } from '../src-shared/contract/events.ts'
import { createStore } from './store.ts'

export interface InboxEntry {
  readonly notice: Notice
  readonly read: boolean
}

const KEPT = 100

/** What jobs came to while this window was open, newest first. */
export const inboxEntries = createStore<readonly InboxEntry[]>([])

export function keepNotice(notice: Notice): void {
  inboxEntries.set([{ notice, read: false }, ...inboxEntries.get()].slice(0, KEPT))
}

export function markAllRead(): void {
  inboxEntries.set(inboxEntries.get().map((entry) => ({ ...entry, read: true })))
}
