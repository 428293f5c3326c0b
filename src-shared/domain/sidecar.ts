import type { Clip, Render } from '../contract/clip.ts'
import type { ClipEdits } from '../contract/edits.ts'
import type { Recording } from '../contract/recording.ts'
import type { ModelRef } from '../contract/segment.ts'
import type { Sidecar } from '../contract/sidecar.ts'
import { sameEdits, uneditedClip } from './edits/edited-clip.ts'

export const sidecarEnding = '.clutchcut.json'

/** Where the document of a render lies: beside it, under its name. */
export function sidecarPath(renderPath: string): string {
  return renderPath.replace(/(?<=[^/\\])\.[^./\\]*$/, '') + sidecarEnding
}

export interface SidecarFacts {
  readonly recording: Recording
  /** What the library knows beyond the file itself. */
  readonly about: {
    readonly durationSeconds: number | null
    readonly title: string
    readonly game: string | null
    readonly recordedAt: string | null
  }
  readonly clip: Clip
  /** What the clip is after all edits. */
  readonly edits: ClipEdits
  readonly render: Render & { readonly planHash: string; readonly size: number }
  readonly model: ModelRef | null
}

export function sidecarOf({ recording, about, clip, edits, render, model }: SidecarFacts): Sidecar {
  const { fingerprint, path, size, mtimeMs } = recording
  const { durationSeconds, title, game, recordedAt } = about
  return {
    version: 1,
    recording: { fingerprint, path, size, mtimeMs, durationSeconds, title, game, recordedAt },
    clip: {
      start: clip.start,
      end: clip.end,
      peak: clip.peak,
      score: clip.score,
      title: clip.title,
      state: clip.state,
      favourite: clip.favourite,
      tags: clip.tags,
      reasons: clip.reasons,
      ...(!sameEdits(edits, uneditedClip(clip)) && { edits }),
    },
    render: {
      file: render.path.split(/[\\/]/).at(-1) ?? render.path,
      kind: render.kind,
      start: render.start,
      end: render.end,
      cut: render.cut,
      verified: render.verified,
      ...(render.note !== undefined && { note: render.note }),
      size: render.size,
      planHash: render.planHash,
    },
    model,
  }
}

/** For people too: indented, and a line break at the end. */
export function sidecarText(facts: SidecarFacts): string {
  return `${JSON.stringify(sidecarOf(facts), null, 2)}\n`
}
