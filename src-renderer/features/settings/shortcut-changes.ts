import type { Settings } from '../../../src-shared/contract/settings.ts'
import { shortcutConflict } from '../../../src-shared/domain/shortcuts.ts'
import type { StringKey } from '../../i18n/language.ts'
import { shortcutGroups } from '../../shortcuts/table.ts'

type Own = Settings['shortcuts']

/** One that can be changed; `name` is what the settings call it. */
interface Editable {
  readonly name: string
  readonly label: StringKey
  readonly keys: readonly string[]
}

/** All groups with the keys that each shortcut has now. Pure. */
export function editableGroups(own: Own): { group: string; title: StringKey; shortcuts: Editable[] }[] {
  return shortcutGroups.map(({ group, title, shortcuts }) => ({
    group,
    title,
    shortcuts: Object.entries(shortcuts).map(([short, { label, keys }]) => {
      const name = `${group}.${short}`
      return { name, label, keys: own[name] ?? keys }
    }),
  }))
}

/** Who has these keys already, where both could be heard at once; null where they are free. Pure. */
export function takenBy(own: Own, name: string, combination: string): Editable | null {
  const all = editableGroups(own).flatMap(({ shortcuts }) => shortcuts)
  for (const other of all) {
    if (other.name === name) continue
    const both = { [other.name]: other.keys, [name]: [combination] }
    if (shortcutConflict(both) !== null) return other
  }
  return null
}
