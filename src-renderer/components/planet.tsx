import { lazy, Suspense } from 'react'
import { classNames } from './class-names.ts'

const PlanetArt = lazy(async () => ({ default: (await import('./planet-art.tsx')).PlanetArt }))

/** The broken planet, where there is nothing else to see: its place at once, its facets when they are loaded. */
export function Planet({ className }: { className?: string }) {
  return (
    <Suspense fallback={<div aria-hidden="true" className={classNames('aspect-[280/265]', className)} />}>
      <PlanetArt {...(className !== undefined && { className })} />
    </Suspense>
  )
}
