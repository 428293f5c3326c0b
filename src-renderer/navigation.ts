import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StringKey } from './i18n/language.ts'

/** A page that stands in the navigation. */
export interface NavigationEntry {
  readonly to: string
  readonly label: StringKey
  readonly icon: LucideIcon
  /** Places in the order of work: library 10, review 20, exports 30, jobs 40, settings 90. */
  readonly order: number
  /** Beside the label: how many wait there. Rendered only where the entry is. */
  readonly Count?: () => ReactNode
}
