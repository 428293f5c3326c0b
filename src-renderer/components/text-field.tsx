import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useId, type ComponentProps, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { controlClasses, Field } from './field.tsx'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  /** What is wrong with it, and what would be right. */
  readonly problem?: string
}

export function TextField({ label, value, onChange, hint, problem, className, ...props }: TextFieldProps) {
  const id = useId()
  return (
    <Field label={label} of={id} hint={hint}>
      <input
        {...props}
        id={id}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        aria-invalid={problem !== undefined}
        {...(problem !== undefined && { 'aria-describedby': `${id}problem` })}
        className={classNames(controlClasses, className)}
      />
      {problem !== undefined && (
        <p id={`${id}problem`} className="text-xs text-bad">
          {problem}
        </p>
      )}
    </Field>
  )
}

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly ref?: Ref<HTMLInputElement>
}

/** Its label is the text in it while it is empty. */
export function SearchField({ label, value, onChange, ref }: SearchFieldProps) {
  const { t } = useTranslation()
  return (
    <div className="relative w-full">
      <Search
        size={16}
        className="pointer-events-none absolute inset-y-0 left-3 my-auto text-faint"
        aria-hidden="true"
      />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation()
            onChange('')
          }
        }}
        className={classNames(
          controlClasses,
          'border-line bg-raised pl-9 hover:border-control [&::-webkit-search-cancel-button]:hidden',
          value !== '' && 'pr-9',
        )}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={t('common.clear')}
          onClick={() => onChange('')}
          className="absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
        >
          <X size={15} />
        </button>
      )}
    </div>
  )
}
