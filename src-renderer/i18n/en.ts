import { gallery } from '../features/gallery/strings.en.ts'
import { library } from '../features/library/strings.en.ts'
import { recording, recordingKeys } from '../features/recording/strings.en.ts'
import { review, reviewKeys } from '../features/review/strings.en.ts'
import { player } from '../player/strings.en.ts'
import { common, inbox, keys, palette, shell } from '../shell/strings.en.ts'
import { timeline } from '../timeline/strings.en.ts'
import { trim } from '../trim/strings.en.ts'
import { errors } from './errors.en.ts'

const allKeys = { ...keys, recording: recordingKeys, review: reviewKeys } as const

/** Every word of the interface; a feature keeps its own beside its code. `de.ts` is the same in German. */
export const en = {
  common,
  errors,
  gallery,
  inbox,
  keys: allKeys,
  library,
  palette,
  player,
  recording,
  review,
  shell,
  timeline,
  trim,
} as const
