import { browse } from '../browse/strings.en.ts'
import { captions } from '../captions/strings.en.ts'
import { exported, exportedKeys, exporting } from '../features/exports/strings.en.ts'
import { firstRun } from '../features/first-run/strings.en.ts'
import { gallery } from '../features/gallery/strings.en.ts'
import { jobKeys, jobs } from '../features/jobs/strings.en.ts'
import { library } from '../features/library/strings.en.ts'
import { montage } from '../features/montage/strings.en.ts'
import { recording, recordingKeys } from '../features/recording/strings.en.ts'
import { review, reviewKeys } from '../features/review/strings.en.ts'
import { settings, settingsKeys } from '../features/settings/strings.en.ts'
import { player } from '../player/strings.en.ts'
import { common, inbox, keys, palette, shell } from '../shell/strings.en.ts'
import { timeline } from '../timeline/strings.en.ts'
import { trim } from '../trim/strings.en.ts'
import { errors } from './errors.en.ts'

const allKeys = {
  ...keys,
  exports: exportedKeys,
  jobs: jobKeys,
  recording: recordingKeys,
  review: reviewKeys,
  settings: settingsKeys,
} as const

/** Every word of the interface; a feature keeps its own beside its code. `de.ts` is the same in German. */
export const en = {
  browse,
  captions,
  common,
  errors,
  exported,
  exporting,
  firstRun,
  gallery,
  inbox,
  jobs,
  keys: allKeys,
  library,
  montage,
  palette,
  player,
  recording,
  review,
  settings,
  shell,
  timeline,
  trim,
} as const
