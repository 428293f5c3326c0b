import Plus from 'lucide-react/icons/plus'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../components/button.tsx'
import { Kbd } from '../../../components/kbd.tsx'
import { isMac, shownKeys } from '../../../shortcuts/combination.ts'
import { RecordKeys } from '../record-keys.tsx'
import type { SectionProps } from '../section.ts'
import { editableGroups, takenBy } from '../shortcut-changes.ts'

/** Combinations that one shortcut may have. */
const MOST = 4

/** Every key, to be changed; what is taken is refused. */
export function ShortcutsSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const [recording, setRecording] = useState<string | null>(null)
  const [refused, setRefused] = useState<{ name: string; text: string } | null>(null)
  const own = settings.shortcuts
  const shown = (combination: string): string => shownKeys(combination, isMac())
  const set = (name: string, keys: readonly string[]): void => {
    setRefused(null)
    change({ shortcuts: { ...own, [name]: [...keys] } })
  }
  const reset = (name: string): void => {
    const { [name]: _gone, ...others } = own
    setRefused(null)
    change({ shortcuts: others })
  }
  function record(name: string, keys: readonly string[], combination: string): void {
    setRecording(null)
    const other = takenBy(own, name, combination)
    if (other !== null) {
      const text = t('settings.shortcuts.taken', { keys: shown(combination), by: t(other.label) })
      setRefused({ name, text })
    } else if (!keys.includes(combination)) set(name, [...keys, combination])
  }
  return (
    <>
      <p className="text-sm text-soft">{t('settings.shortcuts.text')}</p>
      {editableGroups(own).map(({ group, title, shortcuts }) => (
        <section key={group} aria-label={t(title)}>
          <h3 className="mb-1 text-xs font-medium text-faint">{t(title)}</h3>
          <ul>
            {shortcuts.map(({ name, label, keys }) => (
              <li key={name} className="min-h-10 py-1">
                <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <span className="text-sm">{t(label)}</span>
                  <span className="ml-auto flex flex-wrap items-center justify-end gap-1">
                    {keys.map((combination) => (
                      <button
                        key={combination}
                        type="button"
                        title={t('settings.shortcuts.remove')}
                        onClick={() =>
                          set(
                            name,
                            keys.filter((each) => each !== combination),
                          )
                        }
                        className="rounded-sm px-1 py-1 hover:bg-bad-wash hover:line-through"
                      >
                        <Kbd keys={shown(combination)} />
                        <span className="sr-only">{t('settings.shortcuts.removeFrom', { label: t(label) })}</span>
                      </button>
                    ))}
                    {recording === name && (
                      <RecordKeys
                        onKeys={(combination) => record(name, keys, combination)}
                        onCancel={() => setRecording(null)}
                      />
                    )}
                    {own[name] !== undefined && (
                      <IconButton
                        size="s"
                        label={t('settings.shortcuts.resetThis', { label: t(label) })}
                        onClick={() => reset(name)}
                      >
                        <RotateCcw size={14} />
                      </IconButton>
                    )}
                    <IconButton
                      size="s"
                      disabled={keys.length >= MOST}
                      label={t('settings.shortcuts.add', { label: t(label) })}
                      onClick={() => {
                        setRefused(null)
                        setRecording(name)
                      }}
                    >
                      <Plus size={15} />
                    </IconButton>
                  </span>
                </div>
                {refused?.name === name && (
                  <p role="alert" className="text-xs text-bad">
                    {refused.text}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Button
        size="s"
        className="self-start"
        disabled={Object.keys(own).length === 0}
        onClick={() => change({ shortcuts: {} })}
      >
        {t('settings.shortcuts.reset')}
      </Button>
    </>
  )
}
