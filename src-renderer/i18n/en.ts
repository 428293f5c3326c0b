import { gallery } from '../features/gallery/strings.en.ts'
import { library } from '../features/library/strings.en.ts'
import { common, inbox, keys, palette, shell } from '../shell/strings.en.ts'
import { errors } from './errors.en.ts'

/** Every word of the interface; a feature keeps its own beside its code. `de.ts` is the same in German. */
export const en = { common, errors, gallery, inbox, keys, library, palette, shell } as const
