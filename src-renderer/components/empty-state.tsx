import type { ReactNode } from 'react'
import { Planet } from './planet.tsx'

interface Props {
  readonly title: string
  readonly text: string
  /** What to do about it. */
  readonly children?: ReactNode
}

export function EmptyState({ title, text, children }: Props) {
  return (
    <div className="m-auto flex max-w-md flex-col items-center px-6 py-10 text-center">
      <Planet className="mb-8 w-48 sm:w-60" />
      <h2 className="text-xl font-semibold tracking-tight text-balance">{title}</h2>
      <p className="mt-2 text-soft text-pretty">{text}</p>
      {children !== undefined && <div className="mt-6 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  )
}
