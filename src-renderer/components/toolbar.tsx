import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface Props {
  readonly label: string
  readonly children: ReactNode
  readonly className?: string
}

/** Controls in a row; they wrap where there is no room. */
export function Toolbar({ label, children, className }: Props) {
  return (
    <div role="group" aria-label={label} className={classNames('flex flex-wrap items-center gap-2', className)}>
      {children}
    </div>
  )
}

/** Between groups of controls. */
export const ToolbarLine = () => <span aria-hidden="true" className="mx-1 h-5 w-px bg-line first:hidden" />
