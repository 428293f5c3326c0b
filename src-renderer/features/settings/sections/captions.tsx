import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StylePicker } from '../../../captions/style-picker.tsx'
import { Button } from '../../../components/button.tsx'
import { Switch } from '../../../components/switch.tsx'
import { TextField } from '../../../components/text-field.tsx'
import type { SectionProps } from '../section.ts'

/** How captions look, and which words they do not show. */
export function CaptionsSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const { maskedWords } = settings
  const add = (): void => {
    const words = typed
      .split(/[,;\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== '' && word.length <= 60)
    const all = [...new Set([...maskedWords, ...words])]
    if (all.length > maskedWords.length) change({ maskedWords: all.slice(0, 500) })
    setTyped('')
  }
  return (
    <>
      <StylePicker value={settings.captionStyle} onChange={(captionStyle) => change({ captionStyle })} />
      <Switch
        label={t('settings.captions.mask')}
        hint={t('settings.captions.maskText')}
        checked={settings.maskWords}
        onChange={(maskWords) => change({ maskWords })}
      />
      {settings.maskWords && (
        <div>
          <form
            className="flex items-start gap-2"
            onSubmit={(event) => {
              event.preventDefault()
              add()
            }}
          >
            <div className="grow">
              <TextField
                label={t('settings.captions.words')}
                hint={t('settings.captions.wordsText')}
                value={typed}
                onChange={setTyped}
              />
            </div>
            <Button type="submit" className="mt-6.5" disabled={typed.trim() === ''}>
              {t('settings.captions.add')}
            </Button>
          </form>
          <ul className="mt-3 flex flex-wrap gap-1.5">
            {maskedWords.map((word) => (
              <li key={word}>
                <button
                  type="button"
                  aria-label={t('settings.captions.remove', { word })}
                  onClick={() => change({ maskedWords: maskedWords.filter((each) => each !== word) })}
                  className="inline-flex h-7 items-center gap-1.5 rounded-full bg-hover px-3 text-sm text-soft hover:bg-pressed hover:text-ink"
                >
                  {word}
                  <X size={13} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
