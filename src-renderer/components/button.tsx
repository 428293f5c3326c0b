import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { tipProps } from './tooltip.tsx'

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger'
type Size = 's' | 'm' | 'l'

const variants: Record<Variant, string> = {
  primary:
    'border-transparent bg-ember text-on-ember not-disabled:hover:bg-ember-hover not-disabled:active:bg-ember font-semibold',
  secondary: 'border-line bg-raised text-ink not-disabled:hover:bg-hover not-disabled:active:bg-pressed',
  quiet:
    'border-transparent text-soft not-disabled:hover:bg-hover not-disabled:hover:text-ink not-disabled:active:bg-pressed aria-pressed:bg-ember-wash aria-pressed:text-ember-ink',
  danger: 'border-line bg-raised text-bad not-disabled:hover:bg-bad-wash not-disabled:active:border-bad',
}

const sizes: Record<Size, string> = {
  s: 'h-8 gap-1.5 rounded-sm px-2.5 text-sm pointer-coarse:h-10',
  m: 'h-9 gap-2 rounded-md px-3.5 text-sm pointer-coarse:h-11',
  l: 'h-11 gap-2 rounded-md px-5 text-base',
}

// Where fingers press, keys are not named. The border shows where the system chooses the colours.
const shape =
  'inline-flex shrink-0 items-center justify-center border whitespace-nowrap font-medium transition-colors duration-(--quick) select-none disabled:opacity-45 [&_kbd]:max-sm:hidden [&_kbd]:pointer-coarse:hidden'

/** What makes a link look like a button. */
export const buttonClasses = (variant: Variant = 'secondary', size: Size = 'm'): string =>
  classNames(shape, variants[variant], sizes[size])

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

const squares: Record<Size, string> = {
  s: 'size-8 rounded-sm pointer-coarse:size-10',
  m: 'size-9 rounded-md pointer-coarse:size-11',
  l: 'size-11 rounded-md',
}

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
    <button
      type="button"
      {...props}
      {...tipProps(label, shortcut)}
      aria-label={label}
      className={classNames(shape, variants[variant], squares[size], className)}
    >
      {children}
    </button>
  )
}
