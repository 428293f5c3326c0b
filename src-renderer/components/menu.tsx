import { DropdownMenu as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'

export interface MenuItem {
  readonly label: string
  readonly icon?: ReactNode
  readonly shortcut?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly onSelect: () => void
}

interface Props {
  /** The button that opens it. */
  readonly children: ReactNode
  /** A `null` is a line between groups. */
  readonly items: readonly (MenuItem | null)[]
  readonly align?: 'start' | 'end'
}

export function Menu({ children, items, align = 'end' }: Props) {
  // Done when the focus is back on the button: a dialog that opens then gives it back there.
  const chosen = useRef<(() => void) | null>(null)
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={() => {
            const run = chosen.current
            chosen.current = null
            if (run !== null) setTimeout(run)
          }}
          className="z-50 min-w-48 animate-fade rounded-md border border-line bg-raised p-1 text-sm shadow-float"
        >
          {items.map((item, at) =>
            item === null ? (
              // Lines are told apart by what they follow.
              <Radix.Separator key={`after ${items[at - 1]?.label ?? ''}`} className="my-1 h-px bg-line" />
            ) : (
              <Radix.Item
                key={item.label}
                disabled={item.disabled === true}
                onSelect={() => {
                  chosen.current = item.onSelect
                }}
                className={classNames(
                  'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 py-1 outline-none select-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover',
                  item.danger === true ? 'text-bad' : 'text-ink',
                )}
              >
                {item.icon !== undefined && <span className="text-faint">{item.icon}</span>}
                <span className="grow">{item.label}</span>
                {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
              </Radix.Item>
            ),
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
