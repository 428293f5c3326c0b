import { implement } from '@orpc/server'
import { contract } from '../../src-shared/contract/router.ts'
import type { ApiDeps } from './deps.ts'
import { serializeError } from './serialize-error.ts'

/** The contract, ready to be given handlers; each of them fails in the one serialised way. */
export const implementer = implement(contract)
  .$context<ApiDeps>()
  .use(async ({ next }) => {
    try {
      return await next()
    } catch (thrown) {
      throw serializeError(thrown)
    }
  })
