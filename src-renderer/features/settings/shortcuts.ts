import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const settingsShortcuts = {
  group: 'settings',
  title: 'settings.title',
  shortcuts: { search: { keys: ['/'], label: 'keys.settings.search' } },
} as const satisfies ShortcutGroup
