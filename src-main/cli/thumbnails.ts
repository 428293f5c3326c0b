import { writeFile } from 'node:fs/promises'
import { basename, format, parse } from 'node:path'
import type { ProcessDocument } from '../../src-shared/contract/documents.ts'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { EngineOutcome, Engine } from './with-engine.ts'

type Result = Extract<EngineOutcome, { kind: 'done' }>['result']

/**
 * Writes the thumbnail of each clip beside its file, `NAME.jpg`, and notes it in `recording`. A file of that name stays
 * as it is. One that cannot be made is a line on stderr: the clip is what was asked for.
 */
export async function writeThumbnails(
  { api, library }: Engine,
  result: Result,
  recording: ProcessDocument['recordings'][number],
  signal: AbortSignal,
): Promise<void> {
  const known = library.recordings.byFingerprint(result.recording.fingerprint)
  if (known === undefined || result.media.video === null) return
  for (const { segment, renders } of recording.clips) {
    const moment = result.segments[segment]
    if (moment === undefined) continue
    for (const render of renders) {
      const path = format({ ...parse(render.path), base: '', ext: '.jpg' })
      try {
        const { start, end, peak } = moment
        const request = { recordingId: known.id, start, end, peak, side: 640 }
        const { jpeg } = await api.stills.thumbnail(request, signal)
        await writeFile(path, Buffer.from(jpeg, 'base64'), { flag: 'wx' }).catch((thrown: unknown) => {
          if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
        })
        render.thumbnail = path
      } catch (thrown) {
        signal.throwIfAborted()
        const { message } = toClutchcutError(thrown)
        process.stderr.write(`clutchcut: ${basename(render.path)} has no thumbnail: ${message}\n`)
      }
    }
  }
}
