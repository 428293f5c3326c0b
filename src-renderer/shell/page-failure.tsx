import type { ErrorComponentProps } from '@tanstack/react-router'
import { ErrorState } from '../components/error-state.tsx'

/** Instead of a page that threw; the rest of the window works on. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  return (
    <div className="p-6">
      <ErrorState error={error} onRetry={reset} />
    </div>
  )
}
