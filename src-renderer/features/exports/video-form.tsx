import { useTranslation } from 'react-i18next'
import type { CutMode } from '../../../src-shared/contract/clip.ts'
import type { PlatformLimits } from '../../../src-shared/contract/preset.ts'
import { Select } from '../../components/select.tsx'
import { Switch } from '../../components/switch.tsx'
import { CaptionField } from './caption-field.tsx'
import type { ExportChoice } from './choice.ts'
import type { ExportProblem } from './export-problems.ts'
import { FolderField } from './folder-field.tsx'
import { ProblemList } from './problem-list.tsx'
import { isUpright } from './request-of.ts'
import { ShapeField } from './shape-field.tsx'

const layouts = ['auto', 'fill', 'blur', 'stacked', 'facecam', 'follow'] as const
const cuts = ['auto', 'smart', 'encode', 'copy'] as const satisfies readonly (CutMode | 'auto')[]

interface Props {
  readonly choice: ExportChoice
  readonly onChange: (change: Partial<ExportChoice>) => void
  readonly platforms: readonly PlatformLimits[]
  readonly problems: readonly ExportProblem[]
  readonly clipCount: number
  readonly recordingIds: readonly number[]
  /** Where files go when nothing else is said. */
  readonly usualFolder: string
}

/** What the files are to be like. */
export function VideoForm({ choice, onChange, platforms, problems, clipCount, recordingIds, usualFolder }: Props) {
  const { t } = useTranslation()
  const cut = choice.cut ?? 'auto'
  return (
    <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-5">
        <ShapeField value={choice.kinds} onChange={(kinds) => onChange({ kinds })} />
        {choice.kinds.some(isUpright) && (
          <Select
            label={t('exporting.layout')}
            value={choice.layout}
            onChange={(layout) => onChange({ layout })}
            options={layouts.map((value) => ({ value, label: t(`exporting.layouts.${value}`) }))}
            hint={t(`exporting.layoutHints.${choice.layout}`)}
          />
        )}
        <Select
          label={t('exporting.platform')}
          value={choice.platform ?? ''}
          onChange={(id) => onChange({ platform: platforms.find((platform) => platform.id === id)?.id ?? null })}
          options={[
            { value: '', label: t('exporting.noPlatform') },
            ...platforms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <ProblemList problems={problems} of={clipCount} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <Select
          label={t('exporting.cut')}
          value={cut}
          onChange={(next) => onChange({ cut: next === 'auto' ? null : next })}
          options={cuts.map((value) => ({ value, label: t(`exporting.cuts.${value}`) }))}
          hint={t(`exporting.cutHints.${cut}`)}
        />
        <FolderField
          label={t('exporting.folder')}
          value={choice.folder}
          usual={usualFolder}
          onChange={(folder) => onChange({ folder })}
        />
        <div className="flex flex-col gap-3">
          <Switch
            label={t('exporting.normalise')}
            checked={choice.normalise}
            onChange={(normalise) => onChange({ normalise })}
          />
          <Switch
            label={t('exporting.duck')}
            checked={choice.duckMusic}
            onChange={(duckMusic) => onChange({ duckMusic })}
          />
          <Switch
            label={t('exporting.muteMic')}
            checked={choice.muteMic}
            onChange={(muteMic) => onChange({ muteMic })}
          />
        </div>
      </div>
      <div className="md:col-span-2">
        <CaptionField recordingIds={recordingIds} choice={choice} onChange={onChange} />
      </div>
    </div>
  )
}
