import { Command as Cmdk } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { commandLists } from '../commands.ts'
import { CloseOnBack } from '../components/close-on-back.ts'
import { Kbd } from '../components/kbd.tsx'
import { ShortcutBarrier } from '../shortcuts/use-shortcuts.ts'
import { useStore } from '../store.ts'

/** Everything that can be done now, found by typing. */
export function CommandPalette({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation()
  const commands = useStore(commandLists).flat()
  const groups = [...new Set(commands.map(({ group }) => group))]
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-fade overflow-hidden rounded-lg border border-line bg-raised shadow-float"
        >
          <ShortcutBarrier />
          <CloseOnBack onBack={() => onOpenChange(false)} />
          <Radix.Title className="sr-only">{t('palette.title')}</Radix.Title>
          <Cmdk label={t('palette.title')} loop>
            <Cmdk.Input
              autoFocus
              placeholder={t('palette.hint')}
              className="h-13 w-full border-b border-line bg-transparent px-5 text-base outline-none placeholder:text-faint"
            />
            <Cmdk.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-2">
              <Cmdk.Empty className="px-3 py-8 text-center text-sm text-soft">{t('palette.none')}</Cmdk.Empty>
              {groups.map((group) => (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
                >
                  {commands
                    .filter((command) => command.group === group)
                    .map(({ id, label, icon, keys, run }) => (
                      <Cmdk.Item
                        key={id}
                        value={`${label} ${id}`}
                        onSelect={() => {
                          onOpenChange(false)
                          run()
                        }}
                        className="flex h-10 cursor-pointer items-center gap-3 rounded-md px-3 text-sm data-[selected=true]:bg-hover"
                      >
                        <span className="text-faint">{icon}</span>
                        <span className="grow truncate">{label}</span>
                        {keys !== undefined && <Kbd keys={keys} />}
                      </Cmdk.Item>
                    ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
