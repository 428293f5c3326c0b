import { useEffect, useRef } from 'react'
import type { Player } from '../../player/player.ts'
import type { Span } from '../../timeline/scene.ts'

/** How far the clip has played. Moves without React: it changes with every picture. */
export function SpanProgress({ player, span }: { player: Player; span: Span }) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const show = (): void => {
      const fraction = (player.time.get() - span.start) / Math.max(1, span.end - span.start)
      if (bar.current !== null) bar.current.style.transform = `scaleX(${Math.min(1, Math.max(0, fraction))})`
    }
    show()
    return player.time.subscribe(show)
  }, [player, span.start, span.end])
  return (
    <div aria-hidden="true" className="h-1 bg-pressed">
      <div ref={bar} className="h-full origin-left bg-ember" />
    </div>
  )
}
