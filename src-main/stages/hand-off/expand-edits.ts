import type { ClipEdits } from '../../../src-shared/contract/edits.ts'
import { mergeParts } from '../../../src-shared/domain/edits/edited-clip.ts'
import type { HandOffClip } from './hand-off.ts'

/**
 * An edited clip as an editor is told of it: one cut for each of its parts, with its speed and the zoom. The peak is
 * marked in the first part that shows it.
 */
export function expandEdits(clip: HandOffClip, { parts, zoom }: ClipEdits): HandOffClip[] {
  const merged = mergeParts(parts)
  const marked = merged.findIndex(({ start, end }) => clip.peak !== null && start <= clip.peak && clip.peak < end)
  const only = merged.length === 1
  return merged.map(({ start, end, speed }, index) => ({
    ...clip,
    start,
    end,
    // A clip that was trimmed away from its peak is still marked, at the nearest frame.
    peak: only || index === marked ? clip.peak : null,
    ...(speed !== 1 && { speed }),
    ...(zoom.length > 0 && { reframe: zoom }),
  }))
}

/** What of a clip's edits editors are not told, as a sentence; none where there is nothing. */
export function notHandedOff(title: string, { texts, sound }: ClipEdits): string[] {
  const left = [
    ...(texts.length > 0 ? ['its texts'] : []),
    ...(sound.bleeps.length > 0 ? ['its bleeps'] : []),
    ...(sound.tracks.length > 0 || sound.fadeIn > 0 || sound.fadeOut > 0 ? ['how loud its tracks are'] : []),
  ]
  if (left.length === 0) return []
  return [`“${title}” is handed off with its parts, speed and zoom; not with ${left.join(', ')}.`]
}
