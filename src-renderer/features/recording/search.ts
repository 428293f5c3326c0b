/** Where in a recording a link leads. */
export interface RecordingSearch {
  /** Seconds from the beginning. */
  readonly at?: number
  /** A clip to choose. */
  readonly clip?: number
  /** Words to look for in what is said. */
  readonly find?: string
}

export function parseRecordingSearch(search: Record<string, unknown>): RecordingSearch {
  const { at, clip, find } = search
  return {
    ...(typeof at === 'number' && Number.isFinite(at) && at >= 0 && { at }),
    ...(typeof clip === 'number' && Number.isInteger(clip) && clip > 0 && { clip }),
    ...(typeof find === 'string' && find !== '' && { find: find.slice(0, 200) }),
  }
}
