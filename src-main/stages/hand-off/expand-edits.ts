import type { ClipEdits } from '../../../src-shared/contract/edits.ts'
import { isOwn } from '../../../src-shared/domain/clip-timeline.ts'
import { mergeParts } from '../../../src-shared/domain/edits/edited-clip.ts'
import type { HandOffClip } from './hand-off.ts'

/** What is known of a recording, whichever clips show it. */
export type KnownSource = Pick<HandOffClip, 'source' | 'captions'>

/**
 * An edited clip as an editor is told of it: one cut for each of its parts, with its speed and the zoom. The peak is
 * marked in the first part that shows it. `sourceOf` finds the other recordings that it shows; a part of one that is not
 * known is left out.
 */
export function expandEdits(
  clip: HandOffClip,
  { parts, zoom }: ClipEdits,
  sourceOf: (recording: string) => KnownSource | null = () => null,
): HandOffClip[] {
  const merged = mergeParts(parts)
  const marked = merged.findIndex(
    (part) => isOwn(part) && clip.peak !== null && part.start <= clip.peak && clip.peak < part.end,
  )
  const only = merged.filter(isOwn).length === 1
  return merged.flatMap(({ recording, start, end, speed }, index): HandOffClip[] => {
    const faster = speed !== 1 ? { speed } : {}
    if (recording !== undefined) {
      const { markers: _markers, reframe: _reframe, ...about } = clip
      const other = sourceOf(recording)
      return other === null ? [] : [{ ...about, ...other, start, end, peak: null, ...faster }]
    }
    const own = {
      ...clip,
      start,
      end,
      // A clip that was trimmed away from its peak is still marked, at the nearest frame.
      peak: only || index === marked ? clip.peak : null,
      ...faster,
      ...(zoom.length > 0 && { reframe: zoom }),
    }
    return [own]
  })
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
