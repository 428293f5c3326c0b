import { gallery } from '../features/gallery/strings.de.ts'
import { library } from '../features/library/strings.de.ts'
import { recording, recordingKeys } from '../features/recording/strings.de.ts'
import { review, reviewKeys } from '../features/review/strings.de.ts'
import { player } from '../player/strings.de.ts'
import { common, inbox, keys, palette, shell } from '../shell/strings.de.ts'
import { timeline } from '../timeline/strings.de.ts'
import { trim } from '../trim/strings.de.ts'
import type { en } from './en.ts'
import { errors } from './errors.de.ts'
import type { Translated } from './translated.ts'

export const de: Translated<typeof en> = {
  common,
  errors,
  gallery,
  inbox,
  keys: { ...keys, recording: recordingKeys, review: reviewKeys },
  library,
  palette,
  player,
  recording,
  review,
  shell,
  timeline,
  trim,
}
