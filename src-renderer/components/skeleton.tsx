import { classNames } from './class-names.ts'

/** Where something is about to be; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classNames('animate-breathe rounded-md bg-hover', className)} />
}
