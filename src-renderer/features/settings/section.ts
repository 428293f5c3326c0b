import type { ComponentType } from 'react'
import type { Settings } from '../../../src-shared/contract/settings.ts'
import type { StringKey } from '../../i18n/language.ts'
import type { ChangeSettings } from './use-settings.ts'

export interface SectionProps {
  readonly settings: Settings
  readonly change: ChangeSettings
}

/** A part of the settings. */
export interface Section {
  readonly id: string
  readonly title: StringKey
  /** What it holds, beside its title: for the search. */
  readonly words: readonly StringKey[]
  readonly Content: ComponentType<SectionProps>
  /** Left out in a browser. */
  readonly desktopOnly?: true
}
