import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { Clip } from '../../src-shared/contract/clip.ts'
import type { ClipEdits } from '../../src-shared/contract/edits.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import { canonicalJson } from '../../src-shared/domain/canonical-json.ts'
import { isOwn } from '../../src-shared/domain/clip-timeline.ts'
import { ownPartsOnly, spanOfParts, uneditedClip } from '../../src-shared/domain/edits/edited-clip.ts'
import { onJoined, type JoinedRecording } from '../../src-shared/domain/joined-clip.ts'
import { ticksPerFrame, type Ticks } from '../../src-shared/domain/time.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { joinFiles, type FileToJoin } from '../adapters/ffmpeg/join-files.ts'
import { probe } from '../adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { translate } from '../adapters/files/output-error.ts'
import type { Library } from '../adapters/library/open-library.ts'

/** A clip on the timeline of a file that holds all that it shows. */
export interface JoinedClip {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly source: SourceFile
  readonly media: MediaInfo
  readonly files: readonly JoinedRecording[]
  /** For the person. */
  readonly note: string
}

export type JoinedOrOwn =
  | { readonly kind: 'joined'; readonly joined: JoinedClip }
  /** What it shows of its own recording alone, and why, in a sentence. */
  | { readonly kind: 'own'; readonly edits: ClipEdits; readonly note: string }

export interface JoinClipOptions {
  readonly library: Pick<Library, 'clipEdits' | 'recordings' | 'sessions'>
  readonly platform: NodeJS.Platform
  readonly runner: FfmpegRunner
  readonly own: FileToJoin & { readonly recording: Recording }
  /** A path where no file is yet; the caller removes what is made there. */
  readonly output: string
  readonly signal: AbortSignal
}

/** What a person or a rule made of a clip, other recordings included. */
export function editsOfClip({ clipEdits }: Pick<Library, 'clipEdits'>, clip: Clip): ClipEdits {
  return clipEdits.state(clip.id)?.edits ?? uneditedClip(clip)
}

/** Joins the recordings that a clip shows into one file, from which it is then made like any other. */
export async function joinClip(clip: Clip, options: JoinClipOptions): Promise<JoinedOrOwn> {
  const { library, runner, own, output, signal } = options
  const edits = editsOfClip(library, clip)
  const alone = (why: string): JoinedOrOwn => ({
    kind: 'own',
    edits: ownPartsOnly(edits),
    note: `It shows only what its own recording holds: ${why}`,
  })
  try {
    const others = await openOthers(edits, options)
    if (others.before === 'gone' || others.after === 'gone') {
      return alone('the file beside it is no longer in the library, or not the one that it was.')
    }
    const { before, after } = others
    const ordered = [...(before === null ? [] : [before]), { ...own, fingerprint: undefined }]
    const inTurn = after === null ? ordered : [...ordered, after]
    const spanOf = (fingerprint: string | undefined): { start: Ticks; end: Ticks } => {
      const parts = edits.parts.filter(({ recording }) => recording === fingerprint)
      return spanOfParts(parts.map(({ start, end, speed }) => ({ start, end, speed })))
    }
    const reach = { from: spanOf(inTurn[0]?.fingerprint).start, to: spanOf(inTurn.at(-1)?.fingerprint).end }
    const result = await joinFiles(runner, inTurn, reach, output, { signal }).catch(translate(dirname(output)))
    if (result.kind === 'cannot') return alone(result.reason)
    const source = await checkSource(output, options)
    const media = asRecorded(await probe(runner, source, { signal }), own.media)
    const files = inTurn.map(({ fingerprint }, i) => ({ recording: fingerprint, offset: result.offsets[i]! }))
    const slack = media.video === null ? 0 : 1.5 * ticksPerFrame(media.video.fps)
    const placed = onJoined(edits, files, slack)
    const span = spanOfParts(placed.parts)
    const peak = clip.peak + (files.find((file) => file.recording === undefined)?.offset ?? 0)
    const shown = [before, after].flatMap((file) => (file === null ? [] : [`“${basename(file.source.path)}”`]))
    const recording = createHash('sha256')
      .update(canonicalJson(files.map((file) => ({ ...file, recording: file.recording ?? clip.recording }))))
      .digest('hex')
    return {
      kind: 'joined',
      joined: {
        ...{ source, media, files, edits: placed },
        clip: { ...clip, ...span, peak, recording },
        note: `It goes on in ${shown.join(' and ')}.`,
      },
    }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ClutchcutError)) throw error
    if (error.code === 'ffmpeg/failed') return alone('the file beside it could not be joined with it.')
    if (!error.code.startsWith('input/')) throw error
    return alone(error.message)
  }
}

type Other = FileToJoin & { readonly fingerprint: string }

async function openOthers(
  edits: ClipEdits,
  { library, platform, own }: JoinClipOptions,
): Promise<{ before: Other | null | 'gone'; after: Other | null | 'gone' }> {
  const wanted = new Set(edits.parts.filter((part) => !isOwn(part)).map(({ recording }) => recording))
  const id = library.recordings.byFingerprint(own.recording.fingerprint)?.id
  const beside = id === undefined ? { before: null, after: null } : library.sessions.beside(id)
  const open = async (fingerprint: string | undefined): Promise<Other | null> => {
    const row =
      fingerprint === undefined || !wanted.has(fingerprint) ? null : library.recordings.byFingerprint(fingerprint)
    if (fingerprint === undefined || row?.media == null) return null
    wanted.delete(fingerprint)
    const source = await checkSource(row.path, { platform })
    if (source.size !== row.size) {
      throw new ClutchcutError('input/changed', `${basename(row.path)} was changed since it was analysed.`)
    }
    return { source, media: row.media, fingerprint }
  }
  const [before, after] = [await open(beside.before?.recording), await open(beside.after?.recording)]
  // What is left is no longer beside it.
  return wanted.size === 0 ? { before, after } : { before: 'gone', after: 'gone' }
}

/** The joined file knows nothing of names and roles, nor of when it was recorded. */
function asRecorded(joined: MediaInfo, { audio, recordedAt }: MediaInfo): MediaInfo {
  const named = joined.audio.map((track, i) => {
    const { title = track.title, language = track.language, role = track.role } = audio[i] ?? {}
    return { ...track, title, language, role }
  })
  return { ...joined, audio: named, recordedAt }
}
