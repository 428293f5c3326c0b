import { parse, format as formatPath, join, resolve } from 'node:path'
import type { EngineNews } from '../../src-shared/contract/events.ts'
import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { ExportedFile, FileState, Outcomes } from '../../src-shared/contract/exports.ts'
import type { DesktopServices } from '../../src-shared/contract/host-services.ts'
import { jobSpecSchema, type Job, type JobSpec } from '../../src-shared/contract/job.ts'
import { subtitleFormats } from '../../src-shared/contract/render-options.ts'
import { safeFileName, withSuffix } from '../../src-shared/domain/file-name.ts'
import { sidecarPath } from '../../src-shared/domain/sidecar.ts'
import { usualOutputFolder } from '../adapters/files/browse-roots.ts'
import { nameIsTaken, prepareFolder, statFile } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { mtimeToleranceMs, type ListedRender } from '../adapters/library/renders.ts'
import type { ApiDeps } from '../api/deps.ts'
import { handOffFormats } from '../stages/hand-off/formats.ts'
import { cannot } from './desktop.ts'
import { findClip, makeHandOff, writeHandOff } from './hand-off.ts'

export interface ConnectExportsOptions {
  library: Library
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  home: string
  desktop: DesktopServices
  emit: (news: EngineNews) => void
  /** Queues a job and looks for work. */
  add: (spec: JobSpec, priority: number) => Job
}

/** Thumbnails and subtitles lie beside a render, under its name. */
const besideEndings = ['.jpg', ...subtitleFormats.map((format) => `.${format}`)]

/** As far as names of hand-offs are counted up. */
const mostNames = 999

/** Files made of clips: to be made, listed, shown, handed on and thrown away. */
export function connectExports(options: ConnectExportsOptions): ApiDeps['exports'] {
  const { library, platform, desktop, emit, add } = options

  async function stateOf({ path, size, mtimeMs }: ListedRender): Promise<FileState> {
    const now = await statFile(path)
    if (now === null) return 'missing'
    return now.size === size && Math.abs(now.mtimeMs - mtimeMs) <= mtimeToleranceMs ? 'present' : 'changed'
  }

  function renderOf(id: number): ListedRender {
    const render = library.renders.get(id)
    if (render !== undefined) return render
    throw new ClutchcutError('library/not-found', `There is no rendered file ${id} in the library.`, { data: { id } })
  }

  /** The file with what we laid beside it; then nobody lists it any more. */
  async function trashOne(id: number): Promise<void> {
    const trash = desktop.trash ?? cannot('The recycle bin')
    const render = renderOf(id)
    const state = await stateOf(render)
    if (state === 'changed') {
      throw new ClutchcutError(
        'input/changed',
        `“${render.path}” is not the file that was rendered any more. Remove it yourself if you do not need it.`,
        { data: { path: render.path } },
      )
    }
    if (state === 'present') await trash(render.path)
    const named = besideEndings.map((ext) => formatPath({ ...parse(render.path), base: '', ext }))
    for (const beside of [sidecarPath(render.path), ...named]) {
      if ((await statFile(beside)) !== null) await trash(beside)
    }
    library.renders.forget(render.path)
    emit(fileChanged(render.recordingId))
  }

  return {
    render({ clipIds, options: wanted, priority }) {
      const found = [...new Set(clipIds)].map((id) => findClip(library, id))
      const settings = library.settings.get()
      const { renderKinds, cut, nameTemplate } = settings
      const outputFolder = resolve(wanted.outputFolder ?? settings.outputFolder ?? usualOutputFolder(options))
      const given = { renderKinds, cut, nameTemplate, ...wanted, outputFolder }
      const byRecording = Map.groupBy(found, ({ recording }) => recording.path)
      return [...byRecording].map(([path, clips]) => {
        const ids = clips.map(({ clip }) => clip.id)
        return add(jobSpecSchema.parse({ ...given, kind: 'render', path, clipIds: ids }), priority)
      })
    },

    montage({ montage, outputFolder, priority }) {
      const found = montage.clips.map(({ clipId }) => findClip(library, clipId))
      const folder = resolve(outputFolder ?? library.settings.get().outputFolder ?? usualOutputFolder(options))
      // The recording of the first: the job is listed under it.
      const { path } = found[0]!.recording
      return add(jobSpecSchema.parse({ kind: 'montage', path, montage, outputFolder: folder }), priority)
    },

    async list(query) {
      const { items, total } = library.renders.page(query)
      const files = items.map(async (render): Promise<ExportedFile> => {
        const { planHash: _planHash, size, mtimeMs: _mtimeMs, madeAt, ...rest } = render
        return { ...rest, bytes: size, madeAt: new Date(madeAt).toISOString(), file: await stateOf(render) }
      })
      return { items: await Promise.all(files), total }
    },

    async reveal({ id }) {
      await (desktop.revealInFolder ?? cannot('The file manager'))(renderOf(id).path)
      return {}
    },

    async copy({ id }) {
      const copy = desktop.copyFile ?? cannot('The clipboard')
      const render = renderOf(id)
      if ((await stateOf(render)) === 'missing') {
        throw new ClutchcutError('input/not-found', `There is no file ${render.path} any more.`, { data: { id } })
      }
      await copy(render.path)
      return {}
    },

    trash: ({ ids }) => eachOf(ids, trashOne),

    async handOff({ clipIds, format, folder, name, dropFrame }) {
      const found = clipIds.map((id) => findClip(library, id))
      const made = makeHandOff(library, found, { format, dropFrame, platform })
      const base = safeFileName(name ?? found[0]?.recording.title ?? '')
      await prepareFolder(folder)
      for (let attempt = 1; attempt <= mostNames; attempt += 1) {
        const path = join(resolve(folder), `${withSuffix(base, attempt)}.${handOffFormats[format].ending}`)
        const srt = formatPath({ ...parse(path), base: '', ext: '.srt' })
        if ((await nameIsTaken(path)) || (made.srt !== null && (await nameIsTaken(srt)))) continue
        return { path, ...(await writeHandOff(path, made)), notes: [...made.notes] }
      }
      throw new ClutchcutError('output/not-writable', `There are too many files named "${base}" in ${folder}.`)
    },
  }
}

/** What is told when a file came or went: of a clip's, its recording; null: of a montage. */
export function fileChanged(recordingId: number | null): EngineNews {
  return recordingId === null ? { kind: 'exports-changed' } : { kind: 'clips-changed', recordingId }
}

/** One after the other; one that fails does not stop the next. */
export async function eachOf(ids: readonly number[], work: (id: number) => Promise<void> | void): Promise<Outcomes> {
  const outcomes: Outcomes = []
  for (const id of new Set(ids)) {
    try {
      await work(id)
      outcomes.push({ id, problem: null })
    } catch (thrown) {
      outcomes.push({ id, problem: toClutchcutError(thrown).message })
    }
  }
  return outcomes
}
