import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import { parseRecordingName } from '../../src-shared/domain/recording-name.ts'
import type { RecordingStart } from '../../src-shared/domain/recording-start.ts'

/** When a recording began: by its metadata, and by its name. */
export function startOf(
  media: Pick<MediaInfo, 'recordedAt'>,
  path: string,
  zone: RecordingStart['zone'],
): RecordingStart {
  return {
    absolute: media.recordedAt === null ? null : Date.parse(media.recordedAt) / 1000,
    wall: wallClockOf(path),
    zone,
  }
}

/** Seconds since 1970 of the clock on the wall that the name says, as if it were UTC. */
export function wallClockOf(path: string): number | null {
  const { wallClock } = parseRecordingName(path)
  return wallClock === null ? null : wallClock / 1000
}

/** Seconds east of UTC here, at a time in seconds since 1970. */
export function zoneOfThisMachine(absolute: number): number {
  return -60 * new Date(absolute * 1000).getTimezoneOffset()
}
