import { Slider as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Field } from './field.tsx'

interface Props {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
  /** When a person let go: the time to save. */
  readonly onCommit?: (value: number) => void
  /** The value in words, beside the label. */
  readonly shown?: string
  readonly hint?: ReactNode
}

export function Slider({ label, value, min, max, step = 1, onChange, onCommit, shown, hint }: Props) {
  return (
    <Field label={label} aside={shown ?? String(value)} hint={hint}>
      <Radix.Root
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => next !== undefined && onChange(next)}
        onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
        className="relative flex h-6 w-full touch-none items-center select-none"
      >
        <Radix.Track className="relative h-1.5 grow rounded-full bg-pressed">
          <Radix.Range className="absolute h-full rounded-full bg-ember" />
        </Radix.Track>
        <Radix.Thumb
          aria-label={label}
          aria-valuetext={shown ?? String(value)}
          className="block size-4.5 cursor-grab rounded-full border-2 border-ember bg-raised shadow-float active:cursor-grabbing"
        />
      </Radix.Root>
    </Field>
  )
}
