import { ClutchcutError } from '../../src-shared/contract/errors.ts'

interface Interruptible {
  readonly signal: AbortSignal
  /** Cancels as Ctrl-C does, for another reason. */
  stop(reason: ClutchcutError): void
  dispose(): void
}

/**
 * The first Ctrl-C (or a terminal that closes) cancels in good order: FFmpeg is asked to end, partial files go,
 * the job is left resumable. The second one ends the program at once; the next start cleans up.
 */
export function interruptible(target: NodeJS.Process): Interruptible {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const interrupt = (): void => {
    if (controller.signal.aborted) target.exit(130)
    controller.abort(
      new ClutchcutError('job/cancelled', 'Interrupted. Run the same command again to go on where it stopped.'),
    )
  }
  for (const name of signals) target.on(name, interrupt)
  return {
    signal: controller.signal,
    stop: (reason) => controller.abort(reason),
    dispose: () => {
      for (const name of signals) target.off(name, interrupt)
    },
  }
}
