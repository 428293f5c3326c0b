import { browse } from '../browse/strings.de.ts'
import { captions } from '../captions/strings.de.ts'
import { exported, exportedKeys, exporting } from '../features/exports/strings.de.ts'
import { firstRun } from '../features/first-run/strings.de.ts'
import { gallery } from '../features/gallery/strings.de.ts'
import { jobKeys, jobs } from '../features/jobs/strings.de.ts'
import { library } from '../features/library/strings.de.ts'
import { montage } from '../features/montage/strings.de.ts'
import { recording, recordingKeys } from '../features/recording/strings.de.ts'
import { review, reviewKeys } from '../features/review/strings.de.ts'
import { settings, settingsKeys } from '../features/settings/strings.de.ts'
import { player } from '../player/strings.de.ts'
import { common, inbox, keys, palette, shell } from '../shell/strings.de.ts'
import { timeline } from '../timeline/strings.de.ts'
import { trim } from '../trim/strings.de.ts'
import type { en } from './en.ts'
import { errors } from './errors.de.ts'
import type { Translated } from './translated.ts'

export const de: Translated<typeof en> = {
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
  keys: {
    ...keys,
    exports: exportedKeys,
    jobs: jobKeys,
    recording: recordingKeys,
    review: reviewKeys,
    settings: settingsKeys,
  },
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
}
