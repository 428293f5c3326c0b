const REMEMBERED = 'clutchcut.review'

const keyOf = (recordingId: number | undefined): string => `${REMEMBERED}.${recordingId ?? 'all'}`

/** The clip at which a review was left, in this browser. */
export function rememberedPlace(recordingId: number | undefined): number | null {
  const kept = Number(localStorage.getItem(keyOf(recordingId)))
  return Number.isInteger(kept) && kept > 0 ? kept : null
}

/** `clipId` undefined: there is nothing to come back to. Of recordings, only the last few are kept. */
export function rememberPlace(recordingId: number | undefined, clipId: number | undefined): void {
  const key = keyOf(recordingId)
  localStorage.removeItem(key)
  if (clipId === undefined) return
  const others = Object.keys(localStorage).filter((each) => each.startsWith(`${REMEMBERED}.`))
  if (others.length >= 20) for (const each of others) localStorage.removeItem(each)
  localStorage.setItem(key, String(clipId))
}
