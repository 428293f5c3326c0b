import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger'
type Size = 's' | 'm' | 'l'

const variants: Record<Variant, string> = {
  primary: 'bg-ember text-on-ember hover:bg-ember-hover font-semibold',
  secondary: 'border border-line bg-raised text-ink hover:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink aria-pressed:bg-ember-wash aria-pressed:text-ember-ink',
  danger: 'border border-line bg-raised text-bad hover:bg-bad-wash',
}

const sizes: Record<Size, string> = {
  s: 'h-8 gap-1.5 rounded-sm px-2.5 text-sm',
  m: 'h-9 gap-2 rounded-md px-3.5 text-sm',
  l: 'h-11 gap-2 rounded-md px-5 text-base',
}

const shape =
  'inline-flex shrink-0 items-center justify-center whitespace-nowrap font-medium transition-colors duration-(--quick) select-none disabled:opacity-45'

interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: Variant
  readonly size?: Size
  readonly icon?: ReactNode
}

/** One primary button a page at most: what a person is most likely here to do. */
export function Button({ variant = 'secondary', size = 'm', icon, className, children, ...props }: ButtonProps) {
  return (
    <button type="button" {...props} className={classNames(shape, variants[variant], sizes[size], className)}>
      {icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'aria-label'> {
  /** What it does: read aloud, and shown on hover. */
  readonly label: string
  readonly shortcut?: string
  readonly children: ReactNode
}

const squares: Record<Size, string> = { s: 'size-8 rounded-sm', m: 'size-9 rounded-md', l: 'size-11 rounded-md' }

export function IconButton({
  label,
  shortcut,
  variant = 'quiet',
  size = 'm',
  className,
  children,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip label={label} {...(shortcut !== undefined && { shortcut })}>
      <button
        type="button"
        {...props}
        aria-label={label}
        className={classNames(shape, variants[variant], squares[size], className)}
      >
        {children}
      </button>
    </Tooltip>
  )
}
