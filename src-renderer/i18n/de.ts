import { gallery } from '../features/gallery/strings.de.ts'
import { library } from '../features/library/strings.de.ts'
import { common, inbox, keys, palette, shell } from '../shell/strings.de.ts'
import type { en } from './en.ts'
import { errors } from './errors.de.ts'
import type { Translated } from './translated.ts'

export const de: Translated<typeof en> = { common, errors, gallery, inbox, keys, library, palette, shell }
