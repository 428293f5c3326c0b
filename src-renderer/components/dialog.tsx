import X from 'lucide-react/icons/x'
import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ShortcutBarrier } from '../shortcuts/use-shortcuts.ts'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { CloseOnBack } from './close-on-back.ts'

interface Props {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** What it is about, in a sentence. */
  readonly description?: string
  readonly children: ReactNode
  /** Buttons, the most likely one last. */
  readonly footer?: ReactNode
  readonly wide?: boolean
}

const overlay = 'fixed inset-0 z-40 animate-fade bg-scrim'

/** In the middle of the window, on a phone at its bottom, above everything; Escape closes it, and keys of the page below rest. */
export function Dialog(props: Props) {
  const place = classNames(
    'animate-fade',
    'max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[calc(100dvh-2rem)] max-sm:rounded-t-lg max-sm:border-x-0 max-sm:border-b-0',
    'sm:top-1/2 sm:left-1/2 sm:max-h-[min(44rem,calc(100dvh-2rem))] sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-lg',
    props.wide === true ? 'max-w-3xl' : 'max-w-lg',
  )
  return <Modal {...props} place={place} />
}

/** At the right edge of the window; on a phone, all of it. */
export function Sheet(props: Omit<Props, 'wide'>) {
  return <Modal {...props} place="top-0 right-0 h-dvh w-full max-w-md animate-fade border-y-0 border-r-0" />
}

function Modal({ open, onOpenChange, title, description, children, footer, place }: Props & { place: string }) {
  const { t } = useTranslation()
  // Radix gives the focus back to a button of its own; ours are opened from anywhere.
  const before = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlay} />
        <Radix.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (before.current instanceof HTMLElement) before.current.focus()
          }}
          className={classNames(
            'fixed z-40 flex flex-col border border-line bg-raised text-ink shadow-float outline-none',
            place,
          )}
          onOpenAutoFocus={(event) => {
            before.current = document.activeElement
            focusFirstField(event)
          }}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <ShortcutBarrier />
          <CloseOnBack onBack={() => onOpenChange(false)} />
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 grow">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-0.5 text-sm text-soft">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t('common.close')} size="s" className="-mr-1.5">
                <X size={18} />
              </IconButton>
            </Radix.Close>
          </header>
          <div
            className={classNames(
              'min-h-0 grow overflow-y-auto px-5 pb-5',
              footer === undefined && 'pb-[max(1.25rem,env(safe-area-inset-bottom))]',
            )}
          >
            {children}
          </div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 pt-3.5 pb-[max(0.875rem,env(safe-area-inset-bottom))] max-sm:[&>button]:h-11 max-sm:[&>button]:grow">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Where something is to be typed, typing begins there; otherwise nothing is pressed by accident. */
function focusFirstField(event: Event): void {
  event.preventDefault()
  if (!(event.currentTarget instanceof HTMLElement)) return
  const field = event.currentTarget.querySelector<HTMLElement>('input, textarea, select')
  ;(field ?? event.currentTarget).focus()
}
