/** Where in a recording a link leads. */
export interface RecordingSearch {
  /** Seconds from the beginning. */
  readonly at?: number
  /** A clip to choose. */
  readonly clip?: number
}

export function parseRecordingSearch(search: Record<string, unknown>): RecordingSearch {
  const { at, clip } = search
  return {
    ...(typeof at === 'number' && Number.isFinite(at) && at >= 0 && { at }),
    ...(typeof clip === 'number' && Number.isInteger(clip) && clip > 0 && { clip }),
  }
}
