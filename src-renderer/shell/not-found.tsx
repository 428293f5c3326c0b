import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <>
      <h1 tabIndex={-1} className="sr-only">
        {t('shell.notFound')}
      </h1>
      <EmptyState title={t('shell.notFound')} text={t('shell.notFoundText')}>
        <Link to="/" className={buttonClasses()}>
          {t('shell.toLibrary')}
        </Link>
      </EmptyState>
    </>
  )
}
