import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  /** The control's `id`, where a click on the label is to reach it. */
  readonly of?: string
  /** At the right of the label: a value, a unit. */
  readonly aside?: string
  readonly hint?: ReactNode
  readonly children: ReactNode
}

/** A control with its name above it and what helps below. */
export function Field({ label, of, aside, hint, children }: Props) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={of} className="text-sm font-medium">
          {label}
        </label>
        {aside !== undefined && <span className="figures text-sm text-soft">{aside}</span>}
      </div>
      {children}
      {hint !== undefined && <p className="text-xs text-faint">{hint}</p>}
    </div>
  )
}

export const controlClasses =
  'h-9 pointer-coarse:h-11 w-full min-w-0 rounded-md border border-control bg-surface px-3 aria-invalid:border-bad text-sm text-ink placeholder:text-faint hover:border-ember-ink disabled:opacity-45'
