import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const exportedShortcuts = {
  group: 'exports',
  title: 'exported.title',
  shortcuts: {
    next: { keys: ['ArrowDown'], label: 'keys.exports.next' },
    previous: { keys: ['ArrowUp'], label: 'keys.exports.previous' },
    play: { keys: ['Space', 'Enter'], label: 'keys.exports.play' },
    again: { keys: ['E'], label: 'keys.exports.again' },
    copy: { keys: ['Mod+C'], label: 'keys.exports.copy' },
    select: { keys: ['S'], label: 'keys.exports.select' },
    selectAll: { keys: ['Mod+A'], label: 'keys.exports.selectAll' },
    clear: { keys: ['Escape'], label: 'keys.exports.clear' },
    montage: { keys: ['M'], label: 'keys.exports.montage' },
    trash: { keys: ['Delete'], label: 'keys.exports.trash' },
    undo: { keys: ['Mod+Z'], label: 'keys.exports.undo' },
  },
} as const satisfies ShortcutGroup
