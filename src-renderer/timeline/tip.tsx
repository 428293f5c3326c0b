import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsFromTicks, TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useStore, type Store } from '../store.ts'
import type { Hover } from './gestures.ts'
import type { Scene } from './scene.ts'
import { tellLying } from './tell-lying.ts'
import { whatLiesAt } from './what-lies-at.ts'

interface Props {
  readonly hover: Store<Hover | null>
  /** Changes when more is known. */
  readonly loaded: Store<number>
  readonly scene: () => Scene
  /** Of the timeline, in pixels. */
  readonly width: () => number
}

/**
 * What lies under the pointer, above it. Screen readers hear the same of the playhead, which the timeline's own value
 * tells; this one is for the eye.
 */
export function TimelineTip({ hover, loaded, scene, width }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const at = useStore(hover)
  useStore(loaded)
  useLayoutEffect(() => {
    const { current } = box
    if (current === null || at === null) return
    const room = Math.max(0, width() - current.offsetWidth)
    const left = Math.min(Math.max(0, at.x - current.offsetWidth / 2), room)
    current.style.transform = `translateX(${Math.round(left)}px)`
  })
  if (at === null) return null
  const now = scene()
  const { view, mark } = now
  const seconds = secondsFromTicks(at.time)
  const fine = view.to - view.from < 120 * TICKS_PER_SECOND
  const length = mark === null ? 0 : secondsFromTicks(mark.end - mark.start)
  const told = length < 60 ? t('timeline.long', { seconds: length.toFixed(1) }) : format.duration(length)
  return (
    <div
      ref={box}
      aria-hidden="true"
      data-timeline-tip=""
      className="pointer-events-none absolute bottom-full left-0 z-20 mb-1 max-w-xs rounded-sm border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-float"
    >
      <p className="figures font-medium">
        {format.duration(seconds)}
        {fine && `.${Math.floor((seconds % 1) * 10)}`}
        {length > 0 && <span className="text-ember-ink"> · {told}</span>}
      </p>
      {tellLying(whatLiesAt(now, at.time, width()), t, format).map((line) => (
        <p key={line} className="mt-0.5 line-clamp-2 break-words text-soft">
          {line}
        </p>
      ))}
    </div>
  )
}
