import { posix, win32 } from 'node:path'
import type { Clip, Render, RenderKind } from '../../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { withSuffix } from '../../../src-shared/domain/file-name.ts'
import { encodedWhole } from '../../../src-shared/domain/render-plan.ts'
import { runAtOnce } from './at-once.ts'
import { clipName } from './clip-name.ts'
import type { ClipLook, MadeClip, RecordedRender, RenderDeps, RenderSource } from './deps.ts'
import { planRender, type RenderWish } from './plan-render.ts'
import { checkClips, wishOfClip, type RenderLook } from './wish-of-clip.ts'

export interface RenderRequest extends RenderSource, RenderLook {
  /** Best first. */
  readonly clips: readonly Clip[]
  readonly kinds: readonly RenderKind[]
  readonly outputFolder: string
  readonly nameTemplate: string | null
  readonly game: string | null
  readonly jobId: number
  /** The clips' numbers for names; default from 1. */
  readonly numbers?: readonly number[]
}

export interface RenderContext {
  readonly signal: AbortSignal
  readonly onProgress: (fraction: number) => void
  /** Throws when this run no longer owns its job. */
  readonly checkLease: () => void
  readonly platform: NodeJS.Platform
}

/** As far as names are counted up before giving in: a folder that holds this many of one name has another problem. */
const MAX_SUFFIX = 9999
/** FAT keeps times of change to 2 s. */
const MTIME_TOLERANCE_MS = 2000

/**
 * Makes the files of some clips and returns them clip by clip. What an earlier run made by the same plan in the same
 * folder, and nobody changed since, is used again. A file gets its final name only when it is complete and on disk.
 */
export async function renderClips(
  deps: RenderDeps,
  request: RenderRequest,
  context: RenderContext,
): Promise<Render[][]> {
  const { clips, kinds } = request
  checkClips(deps, request, clips, kinds, request)
  await deps.files.prepareFolder(request.outputFolder)
  const length = clips.reduce((sum, clip) => sum + (clip.end - clip.start), 0) * kinds.length
  const wanted = clips.flatMap((clip, index) => kinds.map((kind) => ({ clip, kind, index })))
  const fractions = wanted.map(() => 0)
  const advance = (one: number, fraction: number): void => {
    // A clip that is made a second time does not take anything back.
    fractions[one] = Math.max(fractions[one]!, fraction)
    const shares = wanted.map(({ clip }, i) => (fractions[i]! * (clip.end - clip.start)) / length)
    context.onProgress(
      Math.min(
        1,
        shares.reduce((sum, share) => sum + share, 0),
      ),
    )
  }
  const tasks = wanted.map(({ clip, kind, index }, one) => async (signal: AbortSignal, turn: Promise<void>) => {
    const own = { ...context, signal, turn, onProgress: (fraction: number) => advance(one, fraction) }
    const render = toRender(await renderOne(deps, request, own, clip, kind, index))
    advance(one, 1)
    return render
  })
  const renders = await runAtOnce(tasks, deps.media.atOnce, context.signal)
  return clips.map((_, i) => renders.slice(i * kinds.length, (i + 1) * kinds.length))
}

async function renderOne(
  deps: RenderDeps,
  request: RenderRequest,
  context: RenderContext & { readonly turn: Promise<void> },
  clip: Clip,
  kind: RenderKind,
  index: number,
): Promise<RecordedRender> {
  const { signal, platform } = context
  signal.throwIfAborted()
  const { wish, look, notes } = await wishOfClip(deps, request, clip, kind, request, { signal })
  const planned = planRender(wish)
  const said = [...notes, ...(planned.note === null ? [] : [planned.note])]
  const plan = { ...planned, note: said.length === 0 ? null : said.join(' ') }
  const earlier = await findEarlier(deps, request, clip, plan, platform)
  if (earlier !== null) {
    await ensureSidecar(deps, request, clip, earlier, platform)
    await ensureSubtitles(deps, request, look, earlier, platform)
    return earlier
  }
  const temp = tempPath(deps, request, index, 'mp4', platform)
  deps.tempFiles.record(temp, request.jobId)
  try {
    const made = await makeChecked(deps, request, context, wish, plan, { output: temp, number: index })
    await deps.files.sync(temp)
    // Names are given in the clips' order, whichever was ready first.
    await context.turn
    signal.throwIfAborted()
    await checkSource(deps, request)
    const beside = look.subtitles.map(({ ending }) => ending)
    const render = await publish(deps, request, context, { clip, ...made, planHash: plan.hash, temp, index, beside })
    await ensureSidecar(deps, request, clip, render, platform)
    await ensureSubtitles(deps, request, look, render, platform)
    deps.onFile?.(clip)
    return render
  } finally {
    await discard(deps, temp)
  }
}

/**
 * Makes a file and checks it. What keeps the recording's packets and cannot be made, or does not pass, is encoded as a
 * whole instead, and the note says so. An encode that does not pass is made once more, carefully; then it is an error.
 */
async function makeChecked(
  deps: RenderDeps,
  request: RenderRequest,
  { signal, onProgress, platform }: Pick<RenderContext, 'signal' | 'onProgress' | 'platform'>,
  wish: RenderWish,
  plan: RenderPlan,
  file: { output: string; number: number },
  careful = false,
): Promise<{ plan: RenderPlan; made: MadeClip }> {
  const { output } = file
  const scratch = tempPath(deps, request, file.number, 'mp4', platform)
  deps.tempFiles.record(scratch, request.jobId)
  try {
    const options = { index: wish.index, careful, signal, onProgress }
    const result = await deps.media.cut(request, plan, { output, scratch }, options)
    const problems =
      result.kind === 'cannot'
        ? [result.reason]
        : await deps.media.verify(request, plan, result.made, { output, scratch }, options)
    if (result.kind === 'made' && problems.length === 0) return { plan, made: result.made }
    if (careful) {
      const damage = await deps.media.damage(request, plan.span, { index: wish.index, signal })
      if (damage !== null) throw new ClutchcutError('input/not-media', damage, { data: { problems, plan } })
      throw new ClutchcutError(
        'ffmpeg/failed',
        `A clip was made, but it is not what it should be: ${problems.join(' ')} Please report this.`,
        { data: { problems, plan } },
      )
    }
    await deps.files.remove(output)
    const again = (next: RenderPlan, isLast: boolean): ReturnType<typeof makeChecked> =>
      makeChecked(deps, request, { signal, onProgress, platform }, wish, next, file, isLast)
    if (plan.cut === 'encode') return await again(plan, true)
    return await again({ ...planRender({ ...wish, cut: 'encode' }), note: encodedWhole(problems.join(' ')) }, false)
  } finally {
    await discard(deps, scratch)
  }
}

/** A clip of another recording that took its place meanwhile gets no name. */
async function checkSource(deps: RenderDeps, { recording }: RenderRequest): Promise<void> {
  const now = await deps.files.statRecording(recording.path)
  if (now === null || (now.size === recording.size && now.mtimeMs === recording.mtimeMs)) return
  throw new ClutchcutError(
    'input/changed',
    `The recording changed while a clip was made of it: ${recording.path}. Try again when it is finished.`,
    { data: { path: recording.path } },
  )
}

/**
 * Names a finished file. The library learns of it before the name exists: should this process die in between, the
 * next run finds either no file (and makes it again) or exactly the one that was written down (and takes it).
 */
async function publish(
  deps: RenderDeps,
  request: RenderRequest,
  { checkLease, platform }: RenderContext,
  finished: {
    clip: Clip
    plan: RenderPlan
    made: MadeClip
    planHash: string
    temp: string
    index: number
    /** Endings of what will be laid beside it under its name. */
    beside: readonly string[]
  },
): Promise<RecordedRender> {
  const { clip, plan, made, planHash, temp, index, beside } = finished
  const stat = await deps.files.stat(temp)
  if (stat === null || stat.size === 0) {
    throw new ClutchcutError('ffmpeg/failed', 'FFmpeg ended without an error but wrote no clip.', { data: { plan } })
  }
  const base = clipName(request, clip, {
    template: request.nameTemplate,
    game: request.game,
    number: request.numbers?.[index] ?? index + 1,
    platform,
  })
  for (let attempt = 1; attempt <= MAX_SUFFIX; attempt += 1) {
    const name = plan.kind === 'landscape' ? base : `${base} ${plan.kind}`
    const path = pathOf(platform).join(request.outputFolder, `${withSuffix(name, attempt)}.mp4`)
    if (await isTaken(deps, path, beside)) continue
    checkLease()
    const { kind, cut } = plan
    const { start, end } = made
    const notes = [...(plan.note === null ? [] : [plan.note]), ...made.notes]
    const note = notes.length === 0 ? {} : { note: notes.join(' ') }
    // The hash is the wish's: where it could not be fulfilled, it need not be tried again.
    const render = { path, kind, cut, start, end, verified: true, planHash, ...stat, ...note }
    deps.renders.save(clip.id, render)
    if ((await deps.files.publish(temp, path)) === 'published') return render
    // Somebody else took the name this very moment.
    deps.renders.forget(path)
  }
  throw new ClutchcutError(
    'output/not-writable',
    `There are too many clips named "${base}" in ${request.outputFolder}.`,
  )
}

/** Also where somebody else's file lies under one of the names beside it: it would be taken for ours. */
async function isTaken(deps: RenderDeps, path: string, beside: readonly string[]): Promise<boolean> {
  const names = [path, deps.sidecar.path(path), ...beside.map((ending) => besideOf(path, ending))]
  for (const name of names) if (await deps.files.nameIsTaken(name)) return true
  return false
}

function besideOf(renderPath: string, ending: string): string {
  return renderPath.replace(/mp4$/, ending)
}

async function findEarlier(
  deps: RenderDeps,
  { outputFolder }: RenderRequest,
  clip: Clip,
  plan: RenderPlan,
  platform: NodeJS.Platform,
): Promise<RecordedRender | null> {
  const paths = pathOf(platform)
  for (const render of deps.renders.list(clip.id)) {
    if (render.planHash !== plan.hash || render.kind !== plan.kind) continue
    if (paths.resolve(paths.dirname(render.path)) !== paths.resolve(outputFolder)) continue
    const now = await deps.files.stat(render.path)
    if (now?.size === render.size && Math.abs(now.mtimeMs - render.mtimeMs) <= MTIME_TOLERANCE_MS) return render
  }
  return null
}

async function ensureSidecar(
  deps: RenderDeps,
  request: RenderRequest,
  clip: Clip,
  render: RecordedRender,
  platform: NodeJS.Platform,
): Promise<void> {
  await ensureText(deps, request, deps.sidecar.path(render.path), deps.sidecar.text(request, clip, render), platform)
}

/** Beside the render, under its name: players find them there. */
async function ensureSubtitles(
  deps: RenderDeps,
  request: RenderRequest,
  { subtitles }: ClipLook,
  render: RecordedRender,
  platform: NodeJS.Platform,
): Promise<void> {
  for (const { ending, text } of subtitles) {
    await ensureText(deps, request, besideOf(render.path, ending), text, platform)
  }
}

/** Writes a document where none has its name yet. */
async function ensureText(
  deps: RenderDeps,
  request: RenderRequest,
  path: string,
  text: string,
  platform: NodeJS.Platform,
): Promise<void> {
  if (await deps.files.nameIsTaken(path)) return
  const temp = tempPath(deps, request, 0, 'txt', platform)
  deps.tempFiles.record(temp, request.jobId)
  try {
    await deps.files.writeSynced(temp, text)
    await deps.files.publish(temp, path)
  } finally {
    await discard(deps, temp)
  }
}

/** Also after success: a published file's temporary name is gone, and so is what was written down about it. */
async function discard(deps: RenderDeps, temp: string): Promise<void> {
  const result = await deps.files.remove(temp)
  // What cannot be removed now stays written down, for the next start to try.
  if (result !== 'unreachable') deps.tempFiles.remove(temp)
}

function tempPath(
  deps: RenderDeps,
  { outputFolder, jobId }: RenderRequest,
  index: number,
  extension: string,
  platform: NodeJS.Platform,
): string {
  return pathOf(platform).join(
    outputFolder,
    `.clutchcut-${jobId}-${index + 1}-${deps.randomName()}.partial.${extension}`,
  )
}

function toRender({ path, kind, start, end, cut, verified, note }: RecordedRender): Render {
  return { path, kind, start, end, cut, verified, ...(note !== undefined && { note }) }
}

function pathOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix
}
