import type { RenderKind, StoredClip } from '../../../src-shared/contract/clip.ts'
import { createStore } from '../../store.ts'

/** As many clips as the engine takes at a time. */
const MOST = 500

export interface ExportWish {
  readonly clips: readonly StoredClip[]
  /** The shapes that are meant; else those of last time. */
  readonly kinds?: readonly RenderKind[]
  /** Files to watch, or a list of places for an editor. */
  readonly as?: 'video' | 'editor'
}

export const exportWish = createStore<ExportWish | null>(null)

/** Asks how these clips are to be exported, wherever one is. */
export function openExport(clips: readonly StoredClip[], meant: Omit<ExportWish, 'clips'> = {}): void {
  if (clips.length === 0) return
  exportWish.set({ clips: clips.slice(0, MOST), ...meant })
}
