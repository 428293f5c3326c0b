import type { JobFailure } from '../../../src-shared/contract/job.ts'
import { ErrorDetail } from '../../components/error-detail.tsx'
import { useErrorWords } from '../../i18n/error-words.ts'

/** What happened, and what to do about it. */
export function JobFailureText({ failure }: { failure: JobFailure }) {
  const { happened, todo, detail } = useErrorWords(failure)
  return (
    <div className="mt-3 rounded-md bg-bad-wash p-3 text-sm">
      <p className="font-medium break-words">{happened}</p>
      <p className="mt-0.5 break-words text-soft">{todo}</p>
      <ErrorDetail text={detail} />
    </div>
  )
}
