import type { Clip, Render, RenderKind } from '../../../src-shared/contract/clip.ts'
import type { ClipEdits, ClipPart, TextOverlay } from '../../../src-shared/contract/edits.ts'
import type { Layout, LayoutKind } from '../../../src-shared/contract/layout.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { PlatformId } from '../../../src-shared/contract/preset.ts'
import type { Recording } from '../../../src-shared/contract/recording.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { MixPlan, SoundEdits } from '../../../src-shared/contract/sound.ts'
import type { Size } from '../../../src-shared/domain/layout-geometry.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

/** A render as the library remembers it: with what tells whether the file is still the one that we made. */
export interface RecordedRender extends Render {
  readonly planHash: string
  readonly size: number
  readonly mtimeMs: number
}

export interface RenderSource {
  readonly recording: Recording
  readonly media: MediaInfo
}

/** A file that was made: the span of the recording that it really holds, and what its maker knows for the check. */
export interface MadeClip {
  readonly start: Ticks
  readonly end: Ticks
  /** For the person: what went otherwise than planned (another encoder). */
  readonly notes: readonly string[]
  /** Of a smart cut: the copied packets in decoding order, by hash, and which one of the file's the first of them is. */
  readonly copied: {
    readonly first: number
    readonly hashes: readonly string[]
    /** Samples of the source's pictures where it holds encoded ones: before the copy, and behind it. */
    readonly edges: {
      readonly size: { readonly width: number; readonly height: number }
      readonly head: Uint8Array
      readonly tail: Uint8Array
    }
  } | null
}

export type CutResult =
  | { readonly kind: 'made'; readonly made: MadeClip }
  /** A smart cut that this recording does not allow after all; `reason` is a sentence. Encode instead. */
  | { readonly kind: 'cannot'; readonly reason: string }

/** A clip as it is about to be rendered: what it plays, cut to whole pictures, into which frame, for whom. */
export interface ClipShape {
  readonly kind: RenderKind
  readonly frame: Size
  readonly parts: readonly ClipPart[]
  readonly platform: PlatformId | null
}

/** What is drawn onto a clip, and what is laid beside it for players to show. */
export interface ClipLook {
  readonly overlay: { readonly text: string; readonly what: string } | null
  readonly subtitles: readonly { readonly ending: 'srt' | 'vtt' | 'ass'; readonly text: string }[]
}

/** What rendering needs from outside; adapters fit it structurally. Paths are absolute. */
export interface RenderDeps {
  /** What a person made of a clip; where nobody edited it, its span as it is. */
  edits(clip: Clip): ClipEdits
  /** What is to be said of it besides. */
  notes?(clip: Clip): readonly string[]
  look(
    source: RenderSource,
    clip: Clip,
    shape: ClipShape & { readonly texts: readonly TextOverlay[] },
    options: { signal: AbortSignal },
  ): Promise<ClipLook>
  /** How a picture is put into a frame of another shape; `note`: why it is not as somebody may expect. */
  layout(
    source: RenderSource,
    shape: ClipShape & { readonly wanted: LayoutKind | 'auto' },
    options: { signal: AbortSignal },
  ): Promise<{ layout: Layout; note: string | null }>
  /** All of a clip's sound as one track; null where nothing of it is to be heard. */
  mix(
    source: RenderSource,
    clip: { readonly parts: readonly ClipPart[]; readonly sound: SoundEdits },
    options: { signal: AbortSignal },
  ): Promise<{ mix: MixPlan | null; notes: readonly string[] }>
  media: {
    /** The last keyframe at or before `time`, on the recording's timeline; null where none is known. */
    keyframeBefore(source: RenderSource, time: Ticks, options: { signal: AbortSignal }): Promise<Ticks | null>
    /** The pictures of a span; null where the container does not say when they are due. */
    cutIndex(
      source: RenderSource,
      span: { start: Ticks; end: Ticks },
      options: { signal: AbortSignal },
    ): Promise<CutIndex | null>
    /** Codecs that can be encoded so that they stand beside the source's own packets. */
    edgeCodecs(options: { signal: AbortSignal }): Promise<ReadonlySet<string>>
    filters(options: { signal: AbortSignal }): Promise<ReadonlySet<string>>
    /** How many clips this machine makes at a time. */
    readonly atOnce: number
    /** Makes `output` (which does not exist yet) by the plan; `scratch` may be used meanwhile. */
    cut(
      source: RenderSource,
      plan: RenderPlan,
      files: { output: string; scratch: string },
      /** `careful`: what was made before lacked something; slower, and surer to read all of the recording. */
      options: {
        index: CutIndex | null
        careful?: boolean
        signal: AbortSignal
        onProgress: (fraction: number) => void
      },
    ): Promise<CutResult>
    /** Holds a finished file against its plan and its source. What is wrong with it, in sentences; nothing: all is well. */
    verify(
      source: RenderSource,
      plan: RenderPlan,
      made: MadeClip,
      /** `scratch` as `cut` left it. */
      files: { output: string; scratch: string },
      options: { index: CutIndex | null; careful?: boolean; signal: AbortSignal },
    ): Promise<readonly string[]>
    /** What is wrong with the recording itself in a span, in a sentence; null where nothing is found. */
    damage(
      source: RenderSource,
      span: { start: Ticks; end: Ticks },
      options: { index: CutIndex | null; signal: AbortSignal },
    ): Promise<string | null>
  }
  files: {
    prepareFolder(folder: string): Promise<void>
    stat(path: string): Promise<{ size: number; mtimeMs: number } | null>
    /** Of all files that a recording consists of together, as a `Recording` has them; null where it has gone. */
    statRecording(path: string): Promise<{ size: number; mtimeMs: number } | null>
    nameIsTaken(path: string): Promise<boolean>
    sync(path: string): Promise<void>
    /** Gives a finished file its name without ever replacing another. */
    publish(temp: string, final: string): Promise<'published' | 'taken'>
    remove(path: string): Promise<'removed' | 'missing' | 'unreachable'>
    writeSynced(path: string, text: string): Promise<void>
  }
  /** Partial outputs, so that a later start finds what a dead process left. */
  tempFiles: {
    record(path: string, jobId: number): void
    remove(path: string): void
  }
  renders: {
    list(clipId: number): readonly RecordedRender[]
    /** Remembers a render; another one that the library has under the same path is forgotten. */
    save(clipId: number, render: RecordedRender): void
    forget(path: string): void
  }
  /** The document beside a render from which a lost library can be rebuilt. */
  sidecar: {
    path(renderPath: string): string
    text(source: RenderSource, clip: Clip, render: RecordedRender): string
  }
  /** Told of each new file once it has its name, before the others are made. */
  onFile?(clip: Clip): void
  /** A few characters that no other process comes up with, for temporary names. */
  randomName(): string
}
