import { posix, win32 } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Montage, MontageFile, MontageKind } from '../../../src-shared/contract/montage.ts'
import { safeFileName, withSuffix } from '../../../src-shared/domain/file-name.ts'
import { planMontage, type MontagePlan, type MusicBeats, type PlannableClip } from './plan-montage.ts'

/** What a montage needs from outside; adapters fit it structurally. Paths are absolute. */
export interface MontageDeps {
  /**
   * The clips of the montage, in its order, as they are for this shape; and what is to be said of them. `temp` gives
   * names for what has to be joined first, and is needed until the montage is made.
   */
  clips(
    kind: MontageKind,
    options: { signal: AbortSignal; temp: () => string },
  ): Promise<{ clips: readonly PlannableClip[]; notes: readonly string[] }>
  /** Null where there is no music, or it has no beat. */
  beats(options: { signal: AbortSignal }): Promise<MusicBeats | null>
  /**
   * Makes `output`, which does not exist yet, and holds it against the plan. `temp` gives names for scratch files, which
   * are removed afterwards. `problems`: what is wrong with it, in sentences; none: it was checked, and all is well.
   */
  make(
    plan: MontagePlan,
    files: { output: string; temp: () => string },
    options: { signal: AbortSignal; onProgress: (fraction: number) => void },
  ): Promise<{ problems: readonly string[]; notes: readonly string[]; copiedFrames: number }>
  files: {
    prepareFolder(folder: string): Promise<void>
    stat(path: string): Promise<{ size: number; mtimeMs: number } | null>
    nameIsTaken(path: string): Promise<boolean>
    sync(path: string): Promise<void>
    publish(temp: string, final: string): Promise<'published' | 'taken'>
    remove(path: string): Promise<'removed' | 'missing' | 'unreachable'>
  }
  tempFiles: {
    record(path: string, jobId: number): void
    remove(path: string): void
  }
  /** Told of each file once it has its name, before the next is made. */
  onFile?(file: MontageFile): void
  /** A few characters that no other process comes up with. */
  randomName(): string
}

export interface MontageContext {
  readonly jobId: number
  readonly signal: AbortSignal
  readonly onProgress: (fraction: number) => void
  readonly checkLease: () => void
  readonly platform: NodeJS.Platform
}

const MAX_SUFFIX = 9999

/**
 * Makes a montage's files, one for each shape. A file gets its name when it is complete, checked and on disk; whatever
 * happens, nothing else is left.
 */
export async function makeMontage(
  deps: MontageDeps,
  montage: Montage,
  outputFolder: string,
  context: MontageContext,
): Promise<MontageFile[]> {
  await deps.files.prepareFolder(outputFolder)
  const kinds = [...new Set(montage.kinds)]
  const files: MontageFile[] = []
  for (const [i, kind] of kinds.entries()) {
    const onProgress = (fraction: number): void => context.onProgress((i + fraction) / kinds.length)
    files.push(await makeOne(deps, montage, kind, outputFolder, { ...context, onProgress }))
  }
  return files
}

async function makeOne(
  deps: MontageDeps,
  montage: Montage,
  kind: MontageKind,
  outputFolder: string,
  context: MontageContext,
): Promise<MontageFile> {
  const { signal, onProgress, platform, jobId } = context
  const temps: string[] = []
  const temp = (): string => {
    const name = `.clutchcut-${jobId}-montage-${deps.randomName()}.partial.mp4`
    const path = pathOf(platform).join(outputFolder, name)
    deps.tempFiles.record(path, jobId)
    temps.push(path)
    return path
  }
  try {
    const { clips, notes } = await deps.clips(kind, { signal, temp })
    const beats = montage.music?.alignBeats === true ? await deps.beats({ signal }) : null
    const plan = planMontage(montage, clips, kind, beats)
    const output = temp()
    const made = await deps.make(plan, { output, temp }, { signal, onProgress })
    if (made.problems.length > 0) {
      throw new ClutchcutError(
        'ffmpeg/failed',
        `A montage was made, but it is not what it should be: ${made.problems.join(' ')} Please report this.`,
        { data: { problems: made.problems } },
      )
    }
    await deps.files.sync(output)
    signal.throwIfAborted()
    const path = await publish(deps, montage, kind, outputFolder, output, context)
    const stat = await deps.files.stat(path)
    const said = [...notes, ...plan.timeline.notes, ...beatNotes(montage, plan, beats), ...made.notes]
    const file: MontageFile = {
      path,
      verified: true,
      notes: [...new Set(said)],
      ...described(plan, montage, made.copiedFrames),
      ...sizeOf(stat),
    }
    deps.onFile?.(file)
    return file
  } finally {
    for (const path of temps) await discard(deps, path)
  }
}

function described({ kind, fps, timeline }: MontagePlan, montage: Montage, copiedFrames: number) {
  const seconds = (frame: number): number => Math.round((1e6 * frame * fps.den) / fps.num) / 1e6
  return {
    kind,
    seconds: seconds(timeline.frames),
    copied: Math.round((1e4 * copiedFrames) / timeline.frames) / 1e4,
    chapters: montage.chapters ? timeline.chapters.map(({ at, title }) => ({ start: seconds(at), title })) : [],
    cuts: timeline.cuts.map(({ at }) => seconds(at)),
  }
}

function beatNotes({ music }: Montage, { timeline: { cuts } }: MontagePlan, beats: MusicBeats | null): string[] {
  if (music?.alignBeats !== true || cuts.length === 0) return []
  if (beats === null) return ['No beat was found in the music: clips were not trimmed to it.']
  const on = cuts.filter(({ onBeat }) => onBeat).length
  return on === cuts.length
    ? []
    : [`${on} of ${cuts.length} cuts fall on a beat; for the others too much of a clip would have gone.`]
}

async function publish(
  deps: MontageDeps,
  { title }: Montage,
  kind: MontageKind,
  outputFolder: string,
  temp: string,
  { checkLease, platform }: MontageContext,
): Promise<string> {
  const base = safeFileName(title === '' ? 'Montage' : title)
  const name = kind === 'landscape' ? base : `${base} ${kind}`
  for (let attempt = 1; attempt <= MAX_SUFFIX; attempt += 1) {
    const path = pathOf(platform).join(outputFolder, `${withSuffix(name, attempt)}.mp4`)
    if (await deps.files.nameIsTaken(path)) continue
    checkLease()
    if ((await deps.files.publish(temp, path)) === 'published') return path
  }
  throw new ClutchcutError('output/not-writable', `There are too many files named "${name}" in ${outputFolder}.`)
}

function sizeOf(stat: { size: number; mtimeMs: number } | null): { size: number; mtimeMs: number } {
  if (stat !== null && stat.size > 0) return stat
  throw new ClutchcutError(
    'output/not-writable',
    'The finished montage is gone: somebody removed or moved it. Make it again.',
  )
}

async function discard(deps: MontageDeps, temp: string): Promise<void> {
  // What cannot be removed now stays written down, for the next start to try.
  if ((await deps.files.remove(temp)) !== 'unreachable') deps.tempFiles.remove(temp)
}

function pathOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix
}
