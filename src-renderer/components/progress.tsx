import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { useFormat } from '../i18n/use-format.ts'

interface Props {
  /** What is under way; read aloud. */
  readonly label: string
  /** 0 to 1; null while nobody knows. */
  readonly fraction: number | null
  readonly etaSeconds?: number | null
  /** The label and the figures too, above the bar. */
  readonly shown?: boolean
}

export function Progress({ label, fraction, etaSeconds = null, shown = false }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const percent = fraction === null ? null : Math.round(fraction * 100)
  return (
    <div className="flex flex-col gap-1.5">
      {shown && (
        <div className="flex items-baseline justify-between gap-3 text-xs text-soft">
          <span className="truncate">{label}</span>
          <span className="figures shrink-0">
            {percent !== null && format.percent(percent / 100)}
            {etaSeconds !== null && ` · ${t('common.eta', { time: format.roughly(etaSeconds) })}`}
          </span>
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        {...(percent !== null && { 'aria-valuenow': percent })}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1 overflow-hidden rounded-full bg-pressed"
      >
        <div
          className={classNames(
            'h-full w-full origin-left rounded-full bg-ember transition-transform duration-(--calm)',
            percent === null && 'animate-breathe',
          )}
          style={{ transform: `scaleX(${fraction ?? 1})` }}
        />
      </div>
    </div>
  )
}
