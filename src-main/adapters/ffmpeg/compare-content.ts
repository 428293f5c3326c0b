import type { Readable } from 'node:stream'
import type { MediaInfo, VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { isOneSpan, type CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { beginRuns } from './begin-input.ts'
import { checkSource } from './check-source.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { partsGraph, pictureFilters } from './filter-graph.ts'
import { secondsDown } from './output-args.ts'
import { passthroughArgs } from './passthrough.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import type { ContentSample } from './verify-encode.ts'

/** Both are compared at this size: what is another picture shows, and what an encoder does to grain does not. */
const SIZE = 128
const BYTES = SIZE * SIZE * 3
/** Of an uneven recording at a few pictures a second, encoded at sixty. */
const MOST_NEAR = 100

/**
 * How alike a picture of a clip and the recording's are, the latter through the plan's filters: PSNR in dB of small
 * copies in colour. Where the clip has a rate of its own, or nobody knows when pictures are due, its neighbours count
 * too. `drawnAt`: the clip's time whose captions the recording's picture is given. Null where there is nothing to
 * compare, because it does not decode.
 */
export async function compareContent(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo & { video: VideoStream },
  plan: RenderPlan,
  sample: ContentSample & { readonly file: string; readonly first: Ticks; readonly drawnAt: Ticks },
  options: {
    index: CutIndex | null
    overlay: string | null
    careful?: boolean | undefined
    signal?: AbortSignal | undefined
  },
): Promise<number | null> {
  const { index, overlay, careful, signal } = options
  const picture = plan.video.action === 'encode' ? plan.video.picture : null
  const frame = ticksPerFrame(picture?.fps ?? media.video.fps)
  // Without an index the clip begins with the picture nearest its start, and counts from there.
  const isExact = index !== null && isOneSpan(plan.parts) && picture?.fps == null && !media.video.variableFrameRate
  const reach = isExact ? 0 : 1
  const inputs = beginRuns(source, media, [sample.part], careful)
  const clip = await checkSource(sample.file)
  // From half a picture before, so that rounding leaves none out.
  const from = Math.max(0, sample.at + sample.first - (reach + 0.5) * frame)
  const small = `scale=${SIZE}:${SIZE}:flags=area,format=rgb24`
  const filters = pictureFilters({
    ...{ video: media.video, parts: [sample.part], picture, overlay, begin: Math.max(0, sample.drawnAt) },
    encoder: 'format=yuv420p',
  })
  const parts = partsGraph({ media, parts: [sample.part], inputs, tracks: [] }, media.video)
  const graph = `${parts};[cut]${filters},${small}[theirs];[${inputs.length}:V:0]${small}[ours]`
  const raw = ['-an', ...passthroughArgs(runner.tools.version), '-c:v', 'rawvideo', '-f', 'rawvideo']
  // By time: where the recording is uneven, an encode shows more pictures a second than it does.
  const near = ['-t', secondsDown((1 + 2 * reach) * frame), '-frames:v', String(MOST_NEAR)]
  const argv = [
    ...inputs.flatMap(({ args }) => args),
    ...(from > 0 ? ['-ss', secondsDown(from)] : []),
    ...(careful === true ? ['-threads', '1'] : []),
    ...inputArgs(clip),
    ...['-filter_complex', graph],
    ...['-map', '[theirs]', '-frames:v', '1', ...raw, 'pipe:3'],
    ...['-map', '[ours]', ...(isExact ? ['-frames:v', '1'] : near), ...raw, 'pipe:4'],
  ]
  try {
    const running = runner.spawn(argv, { signal, pipes: 2 })
    const [theirs, ours] = await Promise.all(running.pipes.map(readAll))
    await running.done
    const wanted = theirs!.subarray(0, BYTES)
    if (wanted.length < BYTES) return null
    const shown = Array.from({ length: Math.floor(ours!.length / BYTES) }, (_, i) =>
      psnr(wanted, ours!.subarray(i * BYTES, (i + 1) * BYTES)),
    )
    return shown.length === 0 ? null : Math.max(...shown)
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof FfmpegError && error.code === 'ffmpeg/failed') return null
    throw error
  }
}

async function readAll(pipe: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of pipe) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function psnr(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i]! - b[i]!) ** 2
  return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * a.length) / sum)
}
