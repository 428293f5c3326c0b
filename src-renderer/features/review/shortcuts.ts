import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const reviewShortcuts = {
  group: 'review',
  title: 'keys.groups.review',
  shortcuts: {
    keep: { keys: ['Enter'], label: 'keys.review.keep' },
    reject: { keys: ['X'], label: 'keys.review.reject' },
    next: { keys: ['ArrowDown', 'N'], label: 'keys.review.next' },
    previous: { keys: ['ArrowUp', 'P'], label: 'keys.review.previous' },
    favourite: { keys: ['S'], label: 'keys.review.favourite' },
    rename: { keys: ['R'], label: 'keys.review.rename' },
    trim: { keys: ['T'], label: 'keys.review.trim' },
    in: { keys: ['I'], label: 'keys.review.in' },
    out: { keys: ['O'], label: 'keys.review.out' },
    toggle: { keys: ['Space'], label: 'keys.review.toggle' },
    stop: { keys: ['K'], label: 'keys.review.stop' },
    again: { keys: ['J'], label: 'keys.review.again' },
    faster: { keys: ['L'], label: 'keys.review.faster' },
    back: { keys: ['ArrowLeft'], label: 'keys.review.back' },
    forward: { keys: ['ArrowRight'], label: 'keys.review.forward' },
    undo: { keys: ['Mod+Z', 'U'], label: 'keys.review.undo' },
    export: { keys: ['E'], label: 'keys.review.export' },
    fullScreen: { keys: ['F'], label: 'keys.review.fullScreen' },
    leave: { keys: ['Escape'], label: 'keys.review.leave' },
  },
} as const satisfies ShortcutGroup
