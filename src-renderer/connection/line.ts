import type { ClientContext, ClientLink } from '@orpc/client'

/** One connection to the engine, open until `closed`. What comes after it is another line. */
export interface Line {
  readonly link: ClientLink<ClientContext>
  /** Resolves when it is gone, whoever ended it. */
  readonly closed: Promise<void>
  close(): void
}

/**
 * Resolves with a line on which calls can be made.
 * @throws ClutchcutError `connection/lost` when nobody answers, `connection/signed-out` when this browser may not.
 */
export type OpenLine = (signal: AbortSignal) => Promise<Line>
