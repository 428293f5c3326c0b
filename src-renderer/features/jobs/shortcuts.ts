import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const jobShortcuts = {
  group: 'jobs',
  title: 'jobs.title',
  shortcuts: {
    next: { keys: ['ArrowDown'], label: 'keys.jobs.next' },
    previous: { keys: ['ArrowUp'], label: 'keys.jobs.previous' },
    pause: { keys: ['P'], label: 'keys.jobs.pause' },
    first: { keys: ['U'], label: 'keys.jobs.first' },
    last: { keys: ['D'], label: 'keys.jobs.last' },
    retry: { keys: ['R'], label: 'keys.jobs.retry' },
    log: { keys: ['L'], label: 'keys.jobs.log' },
    cancel: { keys: ['Delete'], label: 'keys.jobs.cancel' },
  },
} as const satisfies ShortcutGroup
