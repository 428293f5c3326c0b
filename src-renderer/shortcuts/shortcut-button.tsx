import type { ComponentProps } from 'react'
import { IconButton } from '../components/button.tsx'
import type { ShortcutGroup } from './table.ts'
import { useShownKeys } from './use-shortcuts.ts'

interface Props<Group extends ShortcutGroup> extends Omit<ComponentProps<typeof IconButton>, 'shortcut'> {
  readonly group: Group
  /** Of the shortcut that does the same. */
  readonly name: keyof Group['shortcuts'] & string
}

/** A button that tells the key which does the same, as the settings have it. */
export function ShortcutButton<Group extends ShortcutGroup>({ group, name, ...props }: Props<Group>) {
  const keys = useShownKeys(group, name)
  return <IconButton {...props} {...(keys !== undefined && { shortcut: keys })} />
}
