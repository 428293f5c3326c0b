import { useTranslation } from 'react-i18next'
import type { Reason } from '../../../src-shared/contract/segment.ts'
import { classNames } from '../../components/class-names.ts'
import { inOurWords } from '../../i18n/engine-words.ts'
import { useFormat } from '../../i18n/use-format.ts'

interface Props {
  readonly reasons: readonly Reason[]
  /** Whose curve is shown. */
  readonly shown: ReadonlySet<string>
  readonly onReason: (signal: string) => void
}

/** Why a moment was picked, each as long as it counts; pressing one shows its curve. */
export function ReasonBars({ reasons, shown, onReason }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ul aria-label={t('recording.reasons')} className="flex flex-col gap-1.5">
      {reasons.map(({ signal, weight, text }) => (
        <li key={`${signal} ${text}`}>
          <button
            type="button"
            aria-pressed={shown.has(signal)}
            title={t('recording.showCurve')}
            onClick={() => onReason(signal)}
            className="group block w-full rounded-sm px-2 py-1 text-left hover:bg-hover aria-pressed:bg-info-wash"
          >
            <span className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0 break-words">{inOurWords(text)}</span>
              <span className="figures shrink-0 text-xs text-faint">{format.percent(weight)}</span>
            </span>
            <span aria-hidden="true" className="mt-1 block h-1 overflow-hidden rounded-full bg-pressed">
              <span
                className={classNames('block h-full rounded-full', shown.has(signal) ? 'bg-info' : 'bg-ember')}
                style={{ width: `${Math.max(2, weight * 100)}%` }}
              />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
