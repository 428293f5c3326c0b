import { join } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { openFeatures, type FeaturesFile } from '../adapters/features/read-features.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { ANALYSE_VERSION } from '../stages/analyse/analyse.ts'

/** @throws ClutchcutError `library/not-found`. */
export function recordingOf({ recordings }: Pick<Library, 'recordings'>, id: number): RecordingSummary {
  const recording = recordings.get(id)
  if (recording !== undefined) return recording
  throw new ClutchcutError('library/not-found', `There is no recording ${id} in the library.`, { data: { id } })
}

/**
 * Looks into what the analysis of a recording kept.
 * @throws ClutchcutError `features/unusable` where it was not analysed, or what was kept is damaged.
 */
export async function withFeatures<T>(
  library: Library,
  { id, fingerprint }: Pick<RecordingSummary, 'id' | 'fingerprint'>,
  look: (features: FeaturesFile) => Promise<T> | T,
): Promise<T> {
  const kept = library.features.get(fingerprint, ANALYSE_VERSION)
  if (kept === undefined) throw notAnalysed(id)
  const features = await openFeatures(join(library.folder.features, kept.file))
  try {
    library.features.touch(fingerprint, ANALYSE_VERSION, Date.now())
    return await look(features)
  } finally {
    await features.close()
  }
}

export function notAnalysed(recordingId: number): ClutchcutError {
  return new ClutchcutError('features/unusable', 'This recording was not analysed yet. Analyse it first.', {
    data: { recordingId },
  })
}
