import { useTranslation } from 'react-i18next'

/** What the engine says of a failure, in its own words: to be read by whoever helps, so it can be selected. */
export function ErrorDetail({ text }: { text: string | null }) {
  const { t } = useTranslation()
  if (text === null) return null
  return (
    <p className="mt-2 text-xs break-words text-soft select-text">
      <span className="font-medium">{t('errors.details')}:</span> <span lang="en">{text}</span>
    </p>
  )
}
