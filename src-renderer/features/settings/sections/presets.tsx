import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Select } from '../../../components/select.tsx'
import { ShapeField } from '../../exports/shape-field.tsx'
import type { SectionProps } from '../section.ts'

const cuts = ['auto', 'smart', 'encode', 'copy'] as const

/** What is made when nothing else is said, and what the shapes are. */
export function PresetsSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const presets = useQuery(queries.presets.list.queryOptions()).data ?? []
  const cut = settings.cut ?? 'auto'
  return (
    <>
      <div>
        <p className="mb-3 text-xs text-faint">{t('settings.presets.shapes')}</p>
        {/* At least one shape stays. */}
        <ShapeField
          value={settings.renderKinds}
          onChange={(kinds) => kinds.length > 0 && change({ renderKinds: kinds })}
        />
        <ul className="figures mt-2 text-xs text-soft">
          {presets.map(({ id, frame, mostFps }) => (
            <li key={id}>
              {t(`exporting.shapes.${id}`)}:{' '}
              {frame === null
                ? t('settings.presets.asRecorded')
                : t('settings.presets.frame', { size: `${frame.width}×${frame.height}`, fps: mostFps ?? '' })}
            </li>
          ))}
        </ul>
      </div>
      <Select
        label={t('settings.presets.cut')}
        value={cut}
        onChange={(next) => change({ cut: next === 'auto' ? null : next })}
        options={cuts.map((value) => ({ value, label: t(`exporting.cuts.${value}`) }))}
        hint={t(`exporting.cutHints.${cut}`)}
      />
    </>
  )
}
