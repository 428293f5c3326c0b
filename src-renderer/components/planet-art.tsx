import { useId, type CSSProperties } from 'react'
import { classNames } from './class-names.ts'
import { planetFacets } from './planet-facets.ts'

/** The broken planet: large, where there is nothing else to see. Its facets drift, unless motion is unwanted. */
export function PlanetArt({ className }: { className?: string }) {
  const id = useId()
  return (
    <svg viewBox="-125 -140 280 265" className={classNames('overflow-visible', className)} aria-hidden="true">
      <defs>
        <radialGradient id={`${id}core`} cx="54" cy="-48" r="120" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="#ffd9b5" />
          <stop offset="0.18" stopColor="#ff8a4a" />
          <stop offset="0.5" stopColor="#bf4312" />
          <stop offset="1" stopColor="#2c0f0a" />
        </radialGradient>
        <radialGradient id={`${id}glow`} cx="54" cy="-48" r="130" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="#ff7f43" stopOpacity="0.34" />
          <stop offset="0.5" stopColor="#ff7f43" stopOpacity="0.1" />
          <stop offset="1" stopColor="#ff7f43" stopOpacity="0" />
        </radialGradient>
      </defs>
      <circle cx="54" cy="-48" r="130" fill={`url(#${id}glow)`} />
      <circle r="97.5" fill={`url(#${id}core)`} />
      {planetFacets.map(([outline, colour, dx, dy]) => (
        <path
          key={outline}
          d={outline}
          fill={colour}
          className="motion-safe:animate-drift"
          style={{ '--dx': `${dx}px`, '--dy': `${dy}px` } as CSSProperties}
        />
      ))}
    </svg>
  )
}
