import type { RenderKind, StoredClip } from '../../../src-shared/contract/clip.ts'
import { createStore } from '../../store.ts'

/** As many clips as the engine takes at a time. */
const MOST = 500

export interface ExportWish {
  readonly clips: readonly StoredClip[]
  /** The shapes that are meant; else those of last time. */
  readonly kinds?: readonly RenderKind[]
}

export const exportWish = createStore<ExportWish | null>(null)

/** Asks how these clips are to be exported, wherever one is. */
export function openExport(clips: readonly StoredClip[], kinds?: readonly RenderKind[]): void {
  if (clips.length === 0) return
  exportWish.set({ clips: clips.slice(0, MOST), ...(kinds !== undefined && { kinds }) })
}
