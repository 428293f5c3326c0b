import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const exportedShortcuts = {
  group: 'exports',
  title: 'exported.title',
  shortcuts: {
    next: { keys: ['ArrowDown'], label: 'keys.exports.next' },
    previous: { keys: ['ArrowUp'], label: 'keys.exports.previous' },
    play: { keys: ['Space', 'Enter'], label: 'keys.exports.play' },
    again: { keys: ['E'], label: 'keys.exports.again' },
    trash: { keys: ['Delete'], label: 'keys.exports.trash' },
  },
} as const satisfies ShortcutGroup
