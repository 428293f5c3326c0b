import { resolve } from 'node:path'
import { z } from 'zod'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { montageFileSchema, type Montage, type MontageFile } from '../../src-shared/contract/montage.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import { uneditedClip } from '../../src-shared/domain/edits/edited-clip.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { statFile } from '../adapters/files/publish-file.ts'
import { mtimeToleranceMs, type RecordedRender } from '../adapters/library/renders.ts'
import type { PipelineStages } from '../jobs/run-pipeline.ts'
import { makeMontage, type MontageDeps } from '../stages/montage/make-montage.ts'
import { connectMontage } from './connect-montage.ts'
import type { ConnectStagesOptions } from './connect-stages.ts'
import { findClip } from './hand-off.ts'
import type { Analysis } from './measure.ts'

type MontageStage = NonNullable<PipelineStages<Analysis>['montage']>

/**
 * Montages as a stage of a job. Its result is kept: the same montage of the same clips into the same folder is the file
 * that lies there already, as long as nobody changed it.
 */
export function connectMontageStage(options: ConnectStagesOptions): Omit<MontageStage, 'version'> {
  const { library, platform } = options
  return {
    heavy: true,
    async options(spec) {
      const montage = montageOf(spec)
      const clips = montage.clips.map(({ clipId }) => {
        const { clip } = findClip(library, clipId)
        const edits = library.clipEdits.state(clip.id)?.edits ?? uneditedClip(clip)
        return [clip.recording, clip.start, clip.end, clip.title, edits]
      })
      const music = montage.music === null ? null : await statFile(montage.music.path)
      return { montage, clips, music, folder: spec.outputFolder }
    },
    parse: (kept) => z.array(montageFileSchema).parse(kept),
    async usable(files) {
      const there = await Promise.all(files.map(isThere))
      return there.every(Boolean)
    },
    async run({ spec, outputFolder }, { job, signal, onProgress, checkLease }) {
      const montage = montageOf(spec)
      const deps: MontageDeps = {
        ...connectMontage(options, await options.runner(), montage),
        onFile(file) {
          library.renders.saveMontage(montage, renderOf(file))
          options.onFile?.(null)
        },
      }
      const context = { jobId: job.id, signal, onProgress, checkLease, platform }
      return makeMontage(deps, montage, resolve(outputFolder), context)
    },
  }
}

function montageOf({ montage }: JobSpec): Montage {
  if (montage != null) return montage
  throw new ClutchcutError('usage', 'This job does not say what its montage is made of.')
}

/** As it is listed among the files that were made of clips. */
function renderOf({ path, kind, seconds, copied, verified, notes, size, mtimeMs }: MontageFile): RecordedRender {
  const note = notes.length === 0 ? {} : { note: notes.join(' ') }
  const end = Math.max(1, ticksFromSeconds(seconds))
  return {
    ...{ path, kind, start: 0, end, cut: copied > 0 ? 'smart' : 'encode', verified, ...note },
    // The stage's own result says whether it has to be made again.
    ...{ planHash: '', size, mtimeMs },
  }
}

async function isThere({ path, size, mtimeMs }: MontageFile): Promise<boolean> {
  const now = await statFile(path)
  return now?.size === size && Math.abs(now.mtimeMs - mtimeMs) <= mtimeToleranceMs
}
