import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const libraryShortcuts = {
  group: 'library',
  title: 'keys.groups.library',
  shortcuts: {
    search: { keys: ['/'], label: 'keys.library.search' },
    add: { keys: ['A'], label: 'keys.library.add' },
    selectAll: { keys: ['Mod+A'], label: 'keys.library.selectAll' },
    clear: { keys: ['Escape'], label: 'keys.library.clear' },
  },
} as const satisfies ShortcutGroup
