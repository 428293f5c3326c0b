import { ToggleGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface Props<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[]
  readonly onChange: (value: Value) => void
}

/** One of a few, all in sight. With icons, the labels are read aloud and shown on hover. */
export function ToggleGroup<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen !== undefined) onChange(chosen.value)
      }}
      className="inline-flex h-9 shrink-0 pointer-coarse:h-11 items-center gap-0.5 rounded-md border border-line bg-surface p-0.5"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          {...(option.icon !== undefined && { 'aria-label': option.label, title: option.label })}
          className="inline-flex h-full min-w-8 items-center justify-center rounded-[7px] px-2.5 text-sm font-medium text-soft transition-colors hover:text-ink data-[state=on]:bg-pressed data-[state=on]:text-ink"
        >
          {option.icon ?? option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
