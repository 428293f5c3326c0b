import { resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MarkersSpec } from '../../src-shared/contract/markers.ts'

export interface MarkersOptions {
  /** False with `--no-markers`. */
  markers?: string[] | boolean
  markersOffset?: number
}

/** Everything else may follow `--markers` more often than that by mistake only. */
const mostFiles = 20

/** `--markers FILE`, `--markers-offset SECONDS` and `--no-markers`; null where nothing is said: then what is found. */
export function markersSpecOf({ markers, markersOffset }: MarkersOptions): MarkersSpec | null {
  const files = Array.isArray(markers) ? markers.map((file) => resolve(file)) : []
  if (markersOffset !== undefined && files.length === 0) {
    throw new ClutchcutError('usage', 'There are no markers to move: --markers-offset goes with --markers FILE.')
  }
  if (files.length > mostFiles) throw new ClutchcutError('usage', `At most ${mostFiles} files of markers can be given.`)
  if (markers === false) return { files: [], offsetSeconds: null, automatic: false }
  return files.length === 0 ? null : { files, offsetSeconds: markersOffset ?? null, automatic: true }
}
