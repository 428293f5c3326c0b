import { randomBytes } from 'node:crypto'
import { dirname, format, join, parse } from 'node:path'
import type { Clip } from '../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { uneditedClip } from '../../src-shared/domain/edits/edited-clip.ts'
import { nameIsTaken, publishFile, removeFile, writeSynced } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { MAX_EVENTS } from '../stages/hand-off/edl.ts'
import { handOffFormats, type HandOffFormat } from '../stages/hand-off/formats.ts'
import { expandEdits, notHandedOff, type KnownSource } from '../stages/hand-off/expand-edits.ts'
import type { HandOffSource } from '../stages/hand-off/hand-off.ts'
import { formatSrt } from '../stages/hand-off/srt.ts'
import { placeOnTimeline } from '../stages/hand-off/timeline.ts'

export interface FoundClip {
  readonly clip: Clip
  readonly recording: RecordingSummary
}

export interface HandOffText {
  readonly text: string
  /** Captions that the format has no place for; null where it has, or there are none. */
  readonly srt: string | null
  readonly notes: readonly string[]
}

/** A clip with its recording. @throws ClutchcutError `library/not-found`. */
export function findClip({ clips, recordings }: Pick<Library, 'clips' | 'recordings'>, id: number): FoundClip {
  const clip = clips.get(id)
  const recording = clip && recordings.byFingerprint(clip.recording)
  if (clip !== undefined && recording !== undefined) return { clip, recording }
  throw new ClutchcutError('library/not-found', `There is no clip ${id} in the library.`, { data: { id } })
}

/** Clips as an editor is told of them, in this order. @throws ClutchcutError `library/not-found`, `usage`. */
export function makeHandOff(
  { recordings, transcripts, clipEdits }: Pick<Library, 'recordings' | 'transcripts' | 'clipEdits'>,
  found: readonly FoundClip[],
  options: { format: HandOffFormat; dropFrame: boolean; platform: NodeJS.Platform },
): HandOffText {
  const [first] = found
  if (first === undefined) {
    throw new ClutchcutError('library/not-found', 'There are no clips to hand off. "clutchcut process" makes some.')
  }
  const known = new Map<string, KnownSource>()
  const shared = (recording: RecordingSummary): KnownSource => {
    const about = known.get(recording.fingerprint) ?? {
      source: sourceOf(recording),
      captions: transcripts.list(recording.id),
    }
    known.set(recording.fingerprint, about)
    return about
  }
  const leftOut: string[] = []
  const clips = found.flatMap(({ clip, recording }) => {
    const edits = clipEdits.state(clip.id)?.edits ?? uneditedClip(clip)
    leftOut.push(...notHandedOff(clip.title, edits))
    return expandEdits({ ...clip, ...shared(recording) }, edits, (fingerprint) => {
      const other = recordings.byFingerprint(fingerprint)
      if (other?.media != null) return shared(other)
      leftOut.push(
        `“${clip.title}” is handed off without what it shows of a recording that is no longer in the library.`,
      )
      return null
    })
  })
  if (options.format === 'edl' && clips.length > MAX_EVENTS) {
    throw new ClutchcutError(
      'usage',
      `An EDL holds at most ${MAX_EVENTS} cuts, and these are ${clips.length}. Hand them off in parts, or in another format.`,
    )
  }
  const { platform, dropFrame } = options
  const timeline = placeOnTimeline({ title: first.recording.title, clips, notes: leftOut, platform, dropFrame })
  const { write, captionsBeside } = handOffFormats[options.format]
  return { text: write(timeline), srt: captionsBeside ? formatSrt(timeline) : null, notes: timeline.notes }
}

/** Writes both files, or none. @throws ClutchcutError `output/…`, also where a file of that name is there. */
export async function writeHandOff(path: string, { text, srt }: HandOffText): Promise<{ captions: string | null }> {
  const captions = srt === null ? null : captionsPath(path)
  await writeNew([{ path, text }, ...(srt === null || captions === null ? [] : [{ path: captions, text: srt }])])
  return { captions }
}

/** `match.otio` has its captions in `match.srt`. */
function captionsPath(path: string): string {
  const { dir, name, ext } = parse(path)
  return format({ dir, name: ext.toLowerCase() === '.srt' ? `${name}.captions` : name, ext: '.srt' })
}

/** Like every output of ours, whole or not at all, and never over an existing file. */
async function writeNew(files: readonly { path: string; text: string }[]): Promise<void> {
  for (const { path } of files) if (await nameIsTaken(path)) throw alreadyThere(path)
  const published: string[] = []
  for (const { path, text } of files) {
    const temp = join(dirname(path), `.clutchcut-${randomBytes(6).toString('hex')}.partial`)
    try {
      await writeSynced(temp, text)
      if ((await publishFile(temp, path)) === 'taken') throw alreadyThere(path)
      published.push(path)
    } catch (thrown) {
      for (const done of [temp, ...published]) await removeFile(done)
      throw thrown
    }
  }
}

function alreadyThere(path: string): ClutchcutError {
  return new ClutchcutError(
    'output/not-writable',
    `“${path}” is there already. Choose another name, or remove it first.`,
    { data: { path } },
  )
}

function sourceOf({ path, media }: RecordingSummary): HandOffSource {
  if (media === null) {
    throw new ClutchcutError(
      'library/not-found',
      `The frame rate of “${path}” is not known yet. "clutchcut analyze" with this file finds it out.`,
      { data: { path } },
    )
  }
  return { path, duration: media.duration, timecode: null, video: media.video, audio: media.audio }
}
