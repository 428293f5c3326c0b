import type { View } from './view.ts'

const MOST = 50
const views = new Map<number, View>()

/** Where one looked at a recording last, while this window is open. */
export const rememberedView = (recordingId: number): View | undefined => views.get(recordingId)

export function rememberView(recordingId: number, view: View): void {
  views.delete(recordingId)
  views.set(recordingId, view)
  for (const oldest of views.keys()) {
    if (views.size <= MOST) return
    views.delete(oldest)
  }
}
