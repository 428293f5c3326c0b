import { Toaster as Sonner } from 'sonner'

/** Where notices appear for some seconds; the inbox keeps them. */
export function Toaster({ theme, label }: { theme: 'light' | 'dark' | 'system'; label: string }) {
  return (
    <Sonner
      theme={theme}
      // Away from what is pressed: the bars at the bottom and the main button at the top right.
      position="top-center"
      mobileOffset={{ top: 'calc(env(safe-area-inset-top) + 0.75rem)' }}
      style={{ fontFamily: 'inherit' }}
      containerAriaLabel={label}
      gap={10}
      // Long enough to read what can be taken back, and to take it back.
      duration={7000}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-md border border-line bg-raised p-3.5 text-sm text-ink shadow-float sm:w-90',
          success: '[&_[data-icon]]:text-good',
          error: '[&_[data-icon]]:text-bad',
          title: 'font-medium',
          description: 'mt-0.5 text-soft',
          content: 'min-w-0 grow break-words',
          actionButton:
            'h-8 shrink-0 rounded-sm border border-line px-2.5 text-sm font-medium hover:bg-hover active:bg-pressed',
        },
      }}
    />
  )
}
