import type { ChatPlacement } from '../../../src-shared/contract/chat.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { ChatClock } from '../../../src-shared/domain/chat.ts'
import { absoluteStart, wallStart, type RecordingStart } from '../../../src-shared/domain/recording-start.ts'

const DAY = 86_400

export interface Placement {
  /** Second of the recording = second of the chat's clock + this. */
  readonly shift: number
  readonly by: ChatPlacement
}

/**
 * Throws `job/needs-input` where a chat cannot be placed: its times are those of a clock, and the recording does not
 * say when it began, nor does anybody.
 */
export function assertPlaceable(clock: ChatClock, start: RecordingStart, offset: number | null): void {
  if (clock.kind === 'offset' || offset !== null || start.absolute !== null || start.wall !== null) return
  throw new ClutchcutError(
    'job/needs-input',
    'The chat has times of a clock, but nothing says when the recording began. Say at which second of the recording the first message was written: --chat-offset SECONDS.',
    { data: { field: 'chat.offsetSeconds' } },
  )
}

/**
 * Where a chat lies on the recording. `span`: its first and last message, on its own clock; `duration` in seconds.
 *
 * A chat that counts from the start of its broadcast begins at `offset`; without one, where the times of day of both
 * say, if the two then meet; else with the recording. A chat with times of day lies where those say, plus `offset`;
 * where nothing says when the recording began, its first message lies at `offset`.
 */
export function placeChat(
  clock: ChatClock,
  start: RecordingStart,
  offset: number | null,
  span: { readonly first: number; readonly last: number },
  duration: number,
): Placement {
  const [absolute, wall] = [absoluteStart(start), wallStart(start)]
  const moved = offset ?? 0
  const clocked = (shift: number): Placement => ({ shift: shift + moved, by: offset === null ? 'clock' : 'hand' })
  const unknown: Placement = { shift: moved - span.first, by: 'hand' }
  switch (clock.kind) {
    case 'offset': {
      if (offset !== null) return { shift: offset, by: 'hand' }
      if (clock.startedAt === null || absolute === null) return { shift: 0, by: 'start' }
      const shift = clock.startedAt - absolute
      const meets = span.last + shift > 0 && span.first + shift < duration
      return meets ? { shift, by: 'clock' } : { shift: 0, by: 'start' }
    }
    case 'absolute':
      return absolute === null ? unknown : clocked(-absolute)
    case 'wall':
      return wall === null ? unknown : clocked(-wall)
    case 'day': {
      if (wall === null) return unknown
      // The day is not said: the one that brings the first message nearest to the recording's start.
      const apart = modulo(span.first - wall + DAY / 2, DAY) - DAY / 2
      return clocked(apart - span.first)
    }
  }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}
