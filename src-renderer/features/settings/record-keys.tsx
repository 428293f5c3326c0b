import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { combinationOf, isMac } from '../../shortcuts/combination.ts'

interface Props {
  readonly onKeys: (combination: string) => void
  readonly onCancel: () => void
}

/** Hears the next combination, whatever it would do otherwise. Escape and Tab leave. */
export function RecordKeys({ onKeys, onCancel }: Props) {
  const { t } = useTranslation()
  const latest = useRef({ onKeys, onCancel })
  latest.current = { onKeys, onCancel }
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Tab') return latest.current.onCancel()
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') return latest.current.onCancel()
      const combination = combinationOf(event, isMac())
      if (combination !== null) latest.current.onKeys(combination)
    }
    // Before anybody else hears it.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
  return (
    <span role="status" className="animate-breathe text-xs text-ember-ink">
      {t('settings.shortcuts.press')}
    </span>
  )
}
