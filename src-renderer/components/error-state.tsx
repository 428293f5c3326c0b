import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import { receivedError } from '../../src-shared/contract/received-error.ts'
import { useErrorWords } from '../i18n/error-words.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { ErrorDetail } from './error-detail.tsx'

interface Props {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Within a card or a list, rather than instead of a page. */
  readonly compact?: boolean
}

/** What happened, what to do, the particulars, and the code to search for. */
export function ErrorState({ error, onRetry, compact = false }: Props) {
  const { t } = useTranslation()
  const known = toClutchcutError(receivedError(error))
  const { happened, todo, detail } = useErrorWords(known)
  return (
    <div
      role="alert"
      className={classNames(
        'flex gap-3.5 rounded-lg border border-line bg-bad-wash p-4 text-left',
        !compact && 'mx-auto my-8 max-w-xl',
      )}
    >
      <CircleAlert size={20} className="mt-0.5 shrink-0 text-bad" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="font-semibold break-words">{happened}</p>
        <p className="mt-0.5 text-sm break-words text-soft">{todo}</p>
        <ErrorDetail text={detail} />
        <div className="mt-3 flex flex-wrap items-center gap-3">
          {onRetry !== undefined && (
            <Button size="s" onClick={onRetry}>
              {t('common.tryAgain')}
            </Button>
          )}
          <code className="font-mono text-xs text-soft">{known.code}</code>
        </div>
      </div>
    </div>
  )
}
