import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import type { PlatformLimits, Preset } from '../../../src-shared/contract/preset.ts'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { checkLimits } from '../../../src-shared/domain/preset-limits.ts'
import { labelOf } from '../../clip-label.ts'
import type { ExportChoice } from './choice.ts'
import { isUpright } from './request-of.ts'

export interface ExportProblem {
  readonly text: string
  /** Titles of the clips that have it. */
  readonly clips: readonly string[]
}

interface Given {
  readonly clips: readonly StoredClip[]
  readonly recordings: readonly RecordingSummary[]
  readonly presets: readonly Preset[]
  readonly platforms: readonly PlatformLimits[]
  readonly choice: Pick<ExportChoice, 'kinds' | 'platform' | 'cut'>
}

/** Why the chosen platform would not take some of the files, before any is made. The same said once. Pure. */
export function exportProblems({ clips, recordings, presets, platforms, choice }: Given): ExportProblem[] {
  const platform = platforms.find(({ id }) => id === choice.platform)
  if (platform === undefined) return []
  const mediaOf = new Map(recordings.map(({ id, media }) => [id, media]))
  const found = new Map<string, Set<string>>()
  for (const kind of choice.kinds) {
    const preset = presets.find(({ id }) => id === kind)
    if (preset === undefined) continue
    const cut = isUpright(kind) ? 'encode' : (choice.cut ?? 'smart')
    for (const clip of clips) {
      const { recordingId, start, end } = clip
      const media = mediaOf.get(recordingId)
      if (media == null) continue
      for (const problem of checkLimits(preset, platform, { start, end, cut }, media)) {
        // There are no options of a command line here.
        const text = problem.replace(' (--cut encode)', '')
        found.set(text, (found.get(text) ?? new Set()).add(labelOf(clip)))
      }
    }
  }
  return [...found].map(([text, titles]) => ({ text, clips: [...titles] }))
}
