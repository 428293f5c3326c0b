import { Switch as Radix } from 'radix-ui'
import { useId, type ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** On or off, at once. */
export function Switch({ label, hint, checked, onChange, disabled = false }: Props) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}hint`} className="mt-0.5 text-xs text-faint">
            {hint}
          </p>
        )}
      </div>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        {...(hint !== undefined && { 'aria-describedby': `${id}hint` })}
        className="h-6 w-10 shrink-0 rounded-full border border-control bg-pressed p-[3px] transition-colors duration-(--quick) disabled:opacity-45 data-[state=checked]:border-ember data-[state=checked]:bg-ember"
      >
        <Radix.Thumb className="block size-4 rounded-full bg-ink transition-transform duration-(--quick) data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-ember" />
      </Radix.Root>
    </div>
  )
}
