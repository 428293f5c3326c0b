import type { ErrorComponentProps } from '@tanstack/react-router'
import { ErrorState } from '../components/error-state.tsx'

/** Instead of a page that threw; the rest of the window works on. */
export function PageFailure({ error }: ErrorComponentProps) {
  return (
    <div className="p-6">
      {/* A part that could not be fetched is not asked for again by the same document. */}
      <ErrorState error={error} onRetry={() => location.reload()} />
    </div>
  )
}
