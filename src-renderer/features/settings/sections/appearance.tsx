import { useTranslation } from 'react-i18next'
import { Field } from '../../../components/field.tsx'
import { Select } from '../../../components/select.tsx'
import { ToggleGroup } from '../../../components/toggle-group.tsx'
import type { SectionProps } from '../section.ts'

const themes = ['system', 'dark', 'light'] as const
const motions = ['system', 'on', 'off'] as const
/** In their own words. */
const languageNames = { en: 'English', de: 'Deutsch' } as const

/** How the interface looks, speaks and moves. */
export function AppearanceSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('settings.appearance.language')}
        value={settings.language}
        onChange={(language) => change({ language })}
        options={[
          { value: 'system', label: t('settings.appearance.system') },
          { value: 'en', label: languageNames.en },
          { value: 'de', label: languageNames.de },
        ]}
        hint={t('settings.appearance.languageText')}
      />
      <Field label={t('settings.appearance.theme')} hint={t('settings.appearance.themeText')}>
        <div>
          <ToggleGroup
            label={t('settings.appearance.theme')}
            value={settings.theme}
            onChange={(theme) => change({ theme })}
            options={themes.map((value) => ({ value, label: t(`settings.appearance.themes.${value}`) }))}
          />
        </div>
      </Field>
      <Field label={t('settings.appearance.motion')} hint={t('settings.appearance.motionText')}>
        <div>
          <ToggleGroup
            label={t('settings.appearance.motion')}
            value={settings.reducedMotion}
            onChange={(reducedMotion) => change({ reducedMotion })}
            options={motions.map((value) => ({ value, label: t(`settings.appearance.motions.${value}`) }))}
          />
        </div>
      </Field>
    </>
  )
}
