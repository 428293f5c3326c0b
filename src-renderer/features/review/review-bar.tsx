import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import Pencil from 'lucide-react/icons/pencil'
import Scissors from 'lucide-react/icons/scissors'
import Star from 'lucide-react/icons/star'
import Undo from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { labelOf } from '../../clip-label.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { inOurWords } from '../../i18n/engine-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { Player } from '../../player/player.ts'
import type { Span } from '../../timeline/scene.ts'
import { ShortcutButton } from '../../shortcuts/shortcut-button.tsx'
import { useShownKeys } from '../../shortcuts/use-shortcuts.ts'
import { RenameField } from './rename-field.tsx'
import { reviewShortcuts } from './shortcuts.ts'
import { SpanProgress } from './span-progress.tsx'
import type { useReview } from './use-review.ts'

interface Props {
  readonly review: ReturnType<typeof useReview>
  readonly clip: StoredClip
  readonly span: Span
  readonly player: Player | undefined
  readonly trimming: boolean
  readonly onTrim: () => void
  readonly renaming: boolean
  readonly onRenaming: (renaming: boolean) => void
}

/** What the clip is, why it was found, and what can be decided. */
export function ReviewBar({ review, clip, span, player, trimming, onTrim, renaming, onRenaming }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const keeps = useShownKeys(reviewShortcuts, 'keep')
  const rejects = useShownKeys(reviewShortcuts, 'reject')
  const reason = clip.reasons.map(({ text }) => inOurWords(text)).find((text) => text !== labelOf(clip))
  return (
    <div className="border-t border-line bg-surface">
      {player !== undefined && <SpanProgress player={player} span={span} />}
      <div className="flex flex-col gap-3 p-4 xl:flex-row xl:items-center">
        <div className="min-w-0 grow">
          {renaming ? (
            <RenameField
              title={clip.title}
              onDone={(title) => {
                if (title !== null) review.rename(title)
                onRenaming(false)
              }}
            />
          ) : (
            <p dir="auto" title={labelOf(clip)} className="truncate text-left text-lg font-semibold">
              {labelOf(clip)}
            </p>
          )}
          <p className="figures mt-0.5 flex flex-wrap items-center gap-2 text-sm text-soft">
            <span>{t('review.position', { at: review.position + 1, total: review.total })}</span>
            <span>{format.duration(secondsFromTicks(span.end - span.start))}</span>
            <Badge tone={clip.state === 'kept' ? 'good' : clip.state === 'rejected' ? 'neutral' : 'ember'}>
              {t(`recording.states.${clip.state}`)} · {format.percent(clip.score)}
            </Badge>
          </p>
          {review.leftOut > 0 && (
            <p className="mt-0.5 text-sm text-warn">{t('review.leftOut', { count: review.leftOut })}</p>
          )}
          {reason !== undefined && <p className="mt-0.5 truncate text-sm text-soft">{reason}</p>}
        </div>
        <div
          role="group"
          aria-label={t('review.title')}
          className="flex shrink-0 flex-wrap items-center gap-1.5 xl:flex-nowrap max-xl:[&>:last-child]:grow max-xl:[&>:nth-last-child(2)]:grow"
        >
          <ShortcutButton
            group={reviewShortcuts}
            name="previous"
            label={t('review.previous')}
            disabled={review.position === 0}
            onClick={() => review.move(-1)}
          >
            <ChevronUp size={18} />
          </ShortcutButton>
          <ShortcutButton group={reviewShortcuts} name="next" label={t('review.next')} onClick={() => review.move(1)}>
            <ChevronDown size={18} />
          </ShortcutButton>
          <ShortcutButton
            group={reviewShortcuts}
            name="undo"
            label={t('review.undo')}
            disabled={!review.canUndo}
            onClick={review.undo}
          >
            <Undo size={17} />
          </ShortcutButton>
          <ShortcutButton
            group={reviewShortcuts}
            name="rename"
            label={t('review.rename')}
            onClick={() => onRenaming(true)}
          >
            <Pencil size={16} />
          </ShortcutButton>
          <ShortcutButton
            group={reviewShortcuts}
            name="trim"
            label={t('review.trim')}
            aria-pressed={trimming}
            onClick={onTrim}
          >
            <Scissors size={17} />
          </ShortcutButton>
          <ShortcutButton
            group={reviewShortcuts}
            name="favourite"
            label={t('review.favourite')}
            aria-pressed={clip.favourite}
            onClick={review.favourite}
          >
            <Star size={17} className={clip.favourite ? 'fill-current' : ''} />
          </ShortcutButton>
          <Button size="l" icon={<X size={18} />} onClick={() => review.decide('rejected')}>
            {t('review.reject')}
            {rejects !== undefined && <Kbd keys={rejects} />}
          </Button>
          <Button size="l" variant="primary" icon={<Check size={18} />} onClick={() => review.decide('kept')}>
            {t('review.keep')}
            {keeps !== undefined && <Kbd keys={keeps} tone="ember" />}
          </Button>
        </div>
      </div>
    </div>
  )
}
