import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { Kbd } from '../components/kbd.tsx'
import { isMac, shownKeys } from '../shortcuts/combination.ts'
import { shortcutGroups } from '../shortcuts/table.ts'
import { keysOf } from '../shortcuts/use-shortcuts.ts'

/** All keys of all pages. */
export function KeyboardHelp({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <Dialog open wide onOpenChange={onOpenChange} title={t('keys.title')} description={t('keys.detail')}>
      {/* Takes the focus, so that arrow keys scroll a long list. */}
      <div role="region" aria-label={t('keys.title')} tabIndex={0} className="gap-10 outline-offset-4 sm:columns-2">
        {shortcutGroups.map((group) => (
          <section key={group.group} className="mb-6 break-inside-avoid">
            <h3 className="mb-2 text-xs font-medium text-faint">{t(group.title)}</h3>
            <dl className="flex flex-col gap-1">
              {Object.entries(group.shortcuts).map(([name, { label }]) => (
                <div key={name} className="flex min-h-7 items-center justify-between gap-4 text-sm">
                  <dt>{t(label)}</dt>
                  <dd className="flex gap-1.5">
                    {keysOf(group, name).map((keys) => (
                      <Kbd key={keys} keys={shownKeys(keys, isMac())} />
                    ))}
                  </dd>
                </div>
              ))}
              {group.gestures?.map(({ how, label }) => (
                <div key={how} className="flex min-h-7 items-center justify-between gap-4 text-sm">
                  <dt>{t(label)}</dt>
                  <dd className="text-right text-xs text-soft">{t(how)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
