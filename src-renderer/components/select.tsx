import ChevronDown from 'lucide-react/icons/chevron-down'
import { useId, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { controlClasses, Field } from './field.tsx'

interface Props<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: ReactNode
  /** Its name is only read aloud: for toolbars. */
  readonly compact?: boolean
}

/** The system's own list: every keyboard and screen reader knows it, and phones show theirs. */
export function Select<Value extends string>({ label, value, options, onChange, hint, compact }: Props<Value>) {
  const id = useId()
  const control = (
    <span className="relative block">
      <select
        id={id}
        value={value}
        {...(compact === true && { 'aria-label': label })}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option.value === currentTarget.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
        className={classNames(
          controlClasses,
          'appearance-none truncate pr-8',
          compact === true && 'border-line bg-raised hover:border-line hover:bg-hover',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-raised text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={16}
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto text-faint"
        aria-hidden="true"
      />
    </span>
  )
  if (compact === true) return control
  return (
    <Field label={label} of={id} hint={hint}>
      {control}
    </Field>
  )
}
