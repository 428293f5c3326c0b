import type { JobFailure } from '../../../src-shared/contract/job.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { useErrorWords } from '../../i18n/error-words.ts'

/** What happened, and what to do about it. */
export function JobFailureText({ failure }: { failure: JobFailure }) {
  const { happened, todo } = useErrorWords(new ClutchcutError(failure.code, failure.message))
  return (
    <div className="mt-3 rounded-md bg-bad-wash p-3 text-sm">
      <p className="font-medium break-words">{happened}</p>
      {todo !== '' && <p className="mt-0.5 break-words text-soft">{todo}</p>}
    </div>
  )
}
