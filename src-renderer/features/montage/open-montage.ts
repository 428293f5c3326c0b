import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import type { Montage } from '../../../src-shared/contract/montage.ts'
import { createStore } from '../../store.ts'

export interface MontageWish {
  readonly clips: readonly StoredClip[]
  /** One that was made before, to be changed; of clips that are gone, nothing is left. */
  readonly like: Montage | null
}

export const montageWish = createStore<MontageWish | null>(null)

/** Asks how these clips are to become one file, wherever one is. */
export function openMontage(clips: readonly StoredClip[], like: Montage | null = null): void {
  if (clips.length > 0) montageWish.set({ clips, like })
}
