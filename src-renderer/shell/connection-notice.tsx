import Unplug from 'lucide-react/icons/unplug'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api-context.tsx'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { useStore } from '../store.ts'

/** A blink is nobody's business. */
const PATIENCE_MS = 800

/** Says when the engine cannot be reached, and stands before everything when this browser may not reach it. */
export function ConnectionNotice() {
  const { t } = useTranslation()
  const { connection } = useApi()
  const { kind } = useStore(connection.state)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (kind !== 'lost') return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [kind])
  if (kind === 'signed-out') {
    return (
      <div className="absolute inset-0 z-30 flex overflow-y-auto bg-page">
        <EmptyState title={t('shell.signedOut')} text={t('shell.signedOutText')}>
          <Button onClick={() => connection.retry()}>{t('common.tryAgain')}</Button>
        </EmptyState>
      </div>
    )
  }
  if (!shown) return null
  return (
    <div role="status" className="flex shrink-0 items-center gap-3 bg-warn-wash px-4 py-2 text-sm sm:px-8">
      <Unplug size={16} className="shrink-0 text-warn" aria-hidden="true" />
      <span className="grow">{t('shell.lost')}</span>
      <Button size="s" onClick={() => connection.retry()}>
        {t('shell.retryNow')}
      </Button>
    </div>
  )
}
