import { ClutchcutError } from '../../src-shared/contract/errors.ts'

interface Output {
  stdout: Pick<NodeJS.WriteStream, 'on'>
  stderr: Pick<NodeJS.WriteStream, 'on'> & { write(text: string): unknown }
  exitCode?: number | string | null | undefined
}

export interface WatchedOutput {
  /** Lets failures of the last writes arrive. */
  settle(): Promise<void>
}

/**
 * What becomes of a command whose output cannot be written. Whoever closed it (`| head`) has seen enough: work that is
 * going on ends in good order, as with Ctrl-C, and a command that only prints ends as if all was read. Anything else (a
 * full disk) is a failure, said on stderr. Without stderr there is nobody left to tell, and the work goes on.
 */
export function watchOutput(target: Output, stop: (reason: ClutchcutError) => void): WatchedOutput {
  target.stderr.on('error', () => {})
  let told = false
  target.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (told) return
    told = true
    if (error.code === 'EPIPE') {
      stop(
        new ClutchcutError('job/cancelled', 'Stopped, because the output was closed. Run the same command to go on.'),
      )
      return
    }
    const message = `The output cannot be written (${error.code ?? error.message}). Write it to another place.`
    stop(new ClutchcutError('output/not-writable', message, { cause: error }))
    target.stderr.write(`clutchcut: ${message}\n`)
    target.exitCode = 1
  })
  return { settle: () => new Promise((resolve) => void setImmediate(resolve)) }
}
