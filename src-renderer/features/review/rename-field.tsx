import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { controlClasses } from '../../components/field.tsx'

/** A title to type over. Enter takes it, Escape leaves it (null). */
export function RenameField({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(title)
  return (
    <input
      // Asked for by a key: typing goes on without another one.
      autoFocus
      aria-label={t('review.rename')}
      value={text}
      maxLength={300}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={() => onDone(text === title ? null : text)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.stopPropagation()
        event.preventDefault()
        onDone(event.key === 'Enter' ? text : null)
      }}
      className={`${controlClasses} max-w-lg`}
    />
  )
}
