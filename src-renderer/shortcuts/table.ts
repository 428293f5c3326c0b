import { exportedShortcuts } from '../features/exports/shortcuts.ts'
import { jobShortcuts } from '../features/jobs/shortcuts.ts'
import { libraryShortcuts } from '../features/library/shortcuts.ts'
import { recordingShortcuts } from '../features/recording/shortcuts.ts'
import { reviewShortcuts } from '../features/review/shortcuts.ts'
import { settingsShortcuts } from '../features/settings/shortcuts.ts'
import type { StringKey } from '../i18n/language.ts'

export interface Shortcut {
  /** Combinations that it comes with; see `combinationOf`. */
  readonly keys: readonly string[]
  readonly label: StringKey
}

/** What a feature answers to, by name. The name in the settings is `<group>.<name>`. */
export interface ShortcutGroup {
  readonly group: string
  readonly title: StringKey
  readonly shortcuts: Readonly<Record<string, Shortcut>>
  /** What a pointer does, for the overlay: `how`, such as dragging with Shift. */
  readonly gestures?: readonly { readonly how: StringKey; readonly label: StringKey }[]
}

export const everywhere = {
  group: 'everywhere',
  title: 'keys.groups.everywhere',
  shortcuts: {
    palette: { keys: ['Mod+K'], label: 'keys.everywhere.palette' },
    help: { keys: ['?'], label: 'keys.everywhere.help' },
    inbox: { keys: ['Shift+I'], label: 'keys.everywhere.inbox' },
  },
} as const satisfies ShortcutGroup

/** All of them: for the overlay and the settings. A feature adds its group here. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  everywhere, //
  libraryShortcuts,
  recordingShortcuts,
  reviewShortcuts,
  exportedShortcuts,
  jobShortcuts,
  settingsShortcuts,
]
