import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaptionStyleName } from '../../src-shared/contract/captions.ts'
import { styleNames } from './style-looks.ts'
import { StyleSample } from './style-sample.tsx'

interface Props {
  readonly value: CaptionStyleName
  readonly onChange: (style: CaptionStyleName) => void
}

/** The styles of captions, each as it looks. */
export function StylePicker({ value, onChange }: Props) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('captions.style')}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {styleNames.map((style) => (
          <label
            key={style}
            className="cursor-pointer rounded-md border border-line p-1.5 text-sm hover:bg-hover has-checked:border-ember has-checked:bg-ember-wash has-focus-visible:outline-2 has-focus-visible:outline-ember-ink"
          >
            <input
              type="radio"
              name={name}
              value={style}
              checked={style === value}
              onChange={() => onChange(style)}
              className="sr-only"
            />
            <StyleSample style={style} />
            <span className="mt-1.5 block px-1 pb-0.5 font-medium">{t(`captions.styles.${style}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
