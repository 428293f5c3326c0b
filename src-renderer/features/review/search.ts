/** Which clips are gone through. */
export interface ReviewSearch {
  /** Only those of this recording. */
  readonly recording?: number
}

export function parseReviewSearch({ recording }: Record<string, unknown>): ReviewSearch {
  return typeof recording === 'number' && Number.isInteger(recording) && recording > 0 ? { recording } : {}
}
