import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { showFor } from './align-tracks.ts'
import { writeDecoderConfig } from './bitstream/decoder-config.ts'
import type { CutOptions } from './copy-clip.ts'
import { joinedClipArgs } from './join-clip.ts'
import { sampleSize, type SampleSize } from './picture-samples.ts'
import type { FfmpegRunner } from './runner.ts'
import { copyMiddle } from './smart-copy.ts'
import { encodeEdge, type EdgeSets, type EncodedEdge } from './smart-encode.ts'
import { CannotJoin, type PartInput } from './smart-part.ts'
import { readSmartSource, type SmartSource } from './smart-source.ts'
import type { SourceFile } from './source-file.ts'
import { createVideoMp4, type StoredSample, type VideoMp4 } from './video-mp4.ts'

/** Where a copy begins and ends, and the hash of each copied packet: what the finished file is held against. */
export interface CopiedPart {
  /** Position of its first picture among the clip's, in decoding order. */
  readonly first: number
  /** Hash of each packet as MP4 stores it, in decoding order. */
  readonly hashes: readonly string[]
  /** Samples of the source's pictures where the clip holds encoded ones: before the copy, and behind it. */
  readonly edges: { readonly size: SampleSize; readonly head: Uint8Array; readonly tail: Uint8Array }
}

export type SmartResult =
  | { readonly kind: 'cut'; readonly copied: CopiedPart }
  /** `reason` is a sentence; encode instead. */
  | { readonly kind: 'cannot'; readonly reason: string }

export type SmartPlan = Pick<RenderPlan, 'audio' | 'metadata'> & { readonly copy: { start: Ticks; end: Ticks } }

/**
 * Makes a clip whose pictures are the source's own packets, but for those before the first usable keyframe and those
 * behind the last place where a copy can end: these are encoded to match. All times on the recording's timeline; the
 * clip holds exactly the pictures of `index`.
 * @throws FfmpegError
 */
export async function smartClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: SmartPlan,
  index: CutIndex,
  files: { output: string; scratch: string },
  options: CutOptions & { readonly smartSource?: (() => Promise<SmartSource>) | undefined } = {},
): Promise<SmartResult> {
  const { video } = media
  if (video === null) return { kind: 'cannot', reason: 'The recording has no picture.' }
  const stream = await (options.smartSource?.() ?? readSmartSource(runner, source, video, options))
  if (stream.kind === 'cannot') return stream
  const file = await createVideoMp4(files.scratch, video)
  try {
    const input = { runner, source, media: { ...media, video }, stream, file }
    const { samples, written, copied } = await joinParts(input, plan.copy, index, options)
    const sets = [...stream.format.parameterSets, ...written]
    await file.finish(samples, writeDecoderConfig(sets, stream.codec))
    await file.close()
    options.onProgress?.(0.5)
    const span = { start: index.frames[0]!.time, end: index.frames.at(-1)!.end }
    await runner.run(joinedClipArgs(source, media, plan, span, files), {
      signal: options.signal,
      onProgress: ({ outTime }) =>
        options.onProgress?.(Math.min(1, 0.5 + Math.max(0, (outTime ?? 0) / (2 * (span.end - span.start))))),
    })
    await showFor(files.output, span.end - span.start)
    return { kind: 'cut', copied }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof CannotJoin) return { kind: 'cannot', reason: error.message }
    throw error
  } finally {
    await file.close().catch(() => {})
  }
}

export interface JoinedParts {
  /** In decoding order; times on the recording's timeline. */
  readonly samples: readonly StoredSample[]
  /** Parameter sets of the edges, as they stand among the samples. */
  readonly written: ReadonlySet<Uint8Array>
  /** The same with what they were encoded as; null where there are no edges. */
  readonly sets: EdgeSets | null
  readonly copied: CopiedPart
  /** It begins with a copied picture before which the sequence must end, and there is nothing that could say so. */
  readonly needsEnd: boolean
}

/**
 * Stores the pictures of `index`: copies of the source's packets from `copy.start` to `copy.end`, what is before and
 * behind it encoded to match. `known`: parameter sets of edges elsewhere in the file, used again where they are the same.
 * @throws CannotJoin, FfmpegError
 */
export async function joinParts(
  parts: Omit<PartInput, 'signal'>,
  copy: { start: Ticks; end: Ticks },
  index: CutIndex,
  options: { signal?: AbortSignal | undefined; known?: EdgeSets | null } = {},
): Promise<JoinedParts> {
  const head = index.frames.filter(({ time }) => time < copy.start)
  const middle = index.frames.filter(({ time }) => time >= copy.start && time < copy.end)
  const tail = index.frames.filter(({ time }) => time >= copy.end)
  // One part that fails ends the others.
  const failed = new AbortController()
  const signal = options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal])
  const input = { ...parts, signal }
  const { video } = parts.media
  const looks = sampleSize({ width: video.codedWidth, height: video.codedHeight }, head.length + tail.length)
  const firstSets = Promise.withResolvers<EdgeSets | null>()
  const { known = null } = options
  const before = firstSets.promise.then((sets) => sets ?? known)
  // Nobody waits for them where there is no second edge.
  for (const promise of [firstSets.promise, before]) promise.catch(() => {})
  const encodeHead = async (): Promise<EncodedEdge> => {
    try {
      return await encodeEdge(input, head, looks, Promise.resolve(known), firstSets.resolve)
    } catch (error) {
      firstSets.reject(error)
      throw error
    }
  }
  const encodeTail = encodeEdge(input, tail, looks, before, () => {})
  const [copied, first, last] = await settleAll([copyMiddle(input, middle), encodeHead(), encodeTail] as const, failed)
  // Its second attempt may have been encoded differently from the first, whose numbers the other edge took.
  if (first.sets !== (await firstSets.promise)) throw new CannotJoin('Its beginning was not encoded as expected.')
  const headSamples = copied.endsSequence ? await endSequence(parts.file, first.samples) : first.samples
  return {
    samples: [...headSamples, ...copied.samples, ...last.samples],
    written: new Set([first.sets, last.sets].flatMap((sets) => sets?.written ?? [])),
    sets: last.sets ?? first.sets,
    copied: {
      first: headSamples.length,
      hashes: copied.hashes,
      edges: { size: looks, head: first.looks, tail: last.looks },
    },
    needsEnd: copied.endsSequence && headSamples.length === 0,
  }
}

/** Waits for all, whatever happens, so that nobody writes any more; then throws what failed first. */
async function settleAll<const T extends readonly Promise<unknown>[]>(
  parts: T,
  failed: AbortController,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  let first: { error: unknown } | null = null
  for (const part of parts) {
    part.catch((error: unknown) => {
      first ??= { error }
      failed.abort(error)
    })
  }
  await Promise.allSettled(parts)
  const found = first as { error: unknown } | null
  if (found !== null) throw found.error
  return Promise.all(parts)
}

/**
 * Before a CRA picture whose leading pictures were left out the sequence must end, or a decoder would take it as the
 * continuation of what the edge showed (ITU-T H.265, 8.1.3): an end-of-sequence unit joins the last sample of the edge.
 */
async function endSequence(file: VideoMp4, head: readonly StoredSample[]): Promise<StoredSample[]> {
  const last = head.at(-1)
  if (last === undefined) return [...head]
  const data = await file.read(last)
  const stored = await file.store(Buffer.concat([data, Buffer.from([0, 0, 0, 2, 36 << 1, 1])]))
  return [...head.slice(0, -1), { ...last, ...stored }]
}
