import { ORPCError } from '@orpc/client'
import { ClutchcutError, isErrorCode, toClutchcutError } from './errors.ts'

/** For whoever calls the engine: an error that came over the wire, as the one that was thrown there. */
export function receivedError(received: unknown): ClutchcutError {
  if (!(received instanceof ORPCError)) return toClutchcutError(received)
  const code: unknown = received.code
  if (!isErrorCode(code)) return new ClutchcutError('internal', received.message, { cause: received })
  const data: unknown = received.data
  return new ClutchcutError(code, received.message, {
    data: typeof data === 'object' && data !== null ? { ...data } : {},
    cause: received,
  })
}
