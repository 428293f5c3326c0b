import { ORPCError } from '@orpc/server'
import { ClutchcutError, errorCodes, toClutchcutError } from '../../src-shared/contract/errors.ts'

/**
 * Gives every failure of a handler the code, status and data that the contract declares. What oRPC itself refuses
 * (input that does not fit the schema) becomes `usage`. Causes and stacks stay here.
 */
export function serializeError(thrown: unknown): ORPCError<string, unknown> {
  if (thrown instanceof ORPCError) {
    if (thrown.code !== 'BAD_REQUEST') return thrown as ORPCError<string, unknown>
    const refused = new ClutchcutError('usage', 'The request does not fit what this call takes.', { cause: thrown })
    return toOrpc(refused)
  }
  return toOrpc(toClutchcutError(thrown))
}

function toOrpc(error: ClutchcutError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    defined: true,
    status: errorCodes[error.code].status,
    message: error.message,
    data: error.data,
    cause: error,
  })
}
