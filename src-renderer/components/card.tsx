import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** A sheet of surface that holds what belongs together. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return <section {...props} className={classNames('rounded-lg border border-line bg-surface', className)} />
}
