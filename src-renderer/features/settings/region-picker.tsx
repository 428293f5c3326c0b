import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { Region } from '../../../src-shared/contract/layout.ts'
import { moveRegion, regionBetween, resizeRegion } from './region-moves.ts'

interface Props {
  readonly jpeg: string
  readonly label: string
  readonly value: Region | null
  readonly onChange: (region: Region) => void
}

const STEP = 0.01
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** A rectangle of a picture, dragged open; arrow keys move it, and with Shift they size it. */
export function RegionPicker({ jpeg, label, value, onChange }: Props) {
  const from = useRef<{ x: number; y: number } | null>(null)
  const placeOf = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const box = currentTarget.getBoundingClientRect()
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height }
  }
  const press = (event: KeyboardEvent): void => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const now = value ?? { x: 0.7, y: 0.7, width: 0.25, height: 0.25 }
    onChange((event.shiftKey ? resizeRegion : moveRegion)(now, ...step))
  }
  return (
    <div
      role="group"
      tabIndex={0}
      aria-label={label}
      className="relative cursor-crosshair touch-none overflow-hidden rounded-md bg-black select-none"
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = placeOf(event)
      }}
      onPointerMove={(event) => {
        const region = from.current === null ? null : regionBetween(from.current, placeOf(event))
        if (region !== null) onChange(region)
      }}
      onPointerUp={() => {
        from.current = null
      }}
    >
      <img src={`data:image/jpeg;base64,${jpeg}`} alt="" draggable={false} className="block w-full" />
      {value !== null && (
        <div
          aria-hidden="true"
          className="absolute rounded-[3px] border-2 border-ember shadow-[0_0_0_100vmax_rgb(0_0_0/45%)]"
          style={{
            left: `${value.x * 100}%`,
            top: `${value.y * 100}%`,
            width: `${value.width * 100}%`,
            height: `${value.height * 100}%`,
          }}
        />
      )}
    </div>
  )
}
