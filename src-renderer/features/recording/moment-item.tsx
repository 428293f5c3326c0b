import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import Star from 'lucide-react/icons/star'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { Badge } from '../../components/badge.tsx'
import { IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { Thumbnail, ThumbnailLabel } from '../../components/thumbnail.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { RenameField } from '../review/rename-field.tsx'
import { ClipButtons } from './clip-buttons.tsx'
import type { ListedMoment } from './moments.ts'
import { ReasonBars } from './reason-bars.tsx'
import { useInSight } from './use-in-sight.ts'

export interface MomentActions {
  readonly onChoose: (id: number) => void
  readonly onDecide: (moment: ListedMoment, state: 'kept' | 'rejected') => void
  readonly onFavourite: (moment: ListedMoment) => void
  readonly onCreate: (moment: ListedMoment) => void
  readonly onReason: (signal: string) => void
  readonly onRenaming: (id: number | null) => void
  readonly onRename: (moment: ListedMoment, title: string) => void
  readonly onRemove: (moment: ListedMoment) => void
}

interface Props extends MomentActions {
  readonly recordingId: number
  readonly moment: ListedMoment
  readonly chosen: boolean
  readonly shownCurves: ReadonlySet<string>
  readonly renaming: boolean
}

const tones = { candidate: 'ember', kept: 'good', rejected: 'neutral', passed: 'neutral' } as const

/** One moment of the list; the chosen one says why, and what can be done with it. */
export const MomentItem = memo(function MomentItem({
  recordingId,
  moment,
  chosen,
  shownCurves,
  renaming,
  ...does
}: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { queries } = useApi()
  const row = useRef<HTMLLIElement>(null)
  const { start, end, peak, clip, score, state } = moment
  const request = clip === null ? { recordingId, start, end, peak, side: 320 } : { clipId: clip.id, side: 320 }
  const inSight = useInSight(row)
  const picture = useQuery({
    ...queries.stills.thumbnail.queryOptions({ input: request }),
    staleTime: Infinity,
    enabled: inSight,
  })
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const length = secondsFromTicks(end - start)
  return (
    <li
      ref={row}
      className={classNames(
        'rounded-md border transition-colors [contain-intrinsic-size:auto_5.5rem] [content-visibility:auto]',
        chosen ? 'border-ember bg-raised' : 'border-transparent hover:bg-hover',
      )}
    >
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => does.onChoose(moment.id)}
        className="flex w-full items-start gap-3 p-2 text-left"
      >
        <Thumbnail
          jpeg={picture.isError ? null : picture.data?.jpeg}
          alt=""
          className={classNames(
            'w-28 shrink-0 lg:w-20 xl:w-28',
            (state === 'rejected' || state === 'passed') && 'grayscale',
          )}
        >
          <ThumbnailLabel className="right-1 bottom-1">{format.duration(length)}</ThumbnailLabel>
        </Thumbnail>
        <span className="min-w-0 grow">
          <span dir="auto" className="line-clamp-2 text-left text-sm font-medium break-words" title={moment.label}>
            {moment.label}
          </span>
          <span className="figures mt-1.5 flex flex-wrap items-center gap-2 text-xs text-soft">
            {format.duration(secondsFromTicks(start))}
            <Badge tone={tones[state]}>
              {t(`recording.states.${state}`)} · {format.percent(score)}
            </Badge>
            {clip?.favourite === true && <Star size={13} className="fill-current text-warn" aria-hidden="true" />}
          </span>
        </span>
      </button>
      {chosen && (
        <div className="px-2 pb-2">
          {renaming && clip !== null && (
            <div className="mb-2">
              <RenameField
                title={clip.title}
                onDone={(title) => {
                  does.onRenaming(null)
                  if (title !== null) does.onRename(moment, title)
                }}
              />
            </div>
          )}
          <div className="mb-2 flex flex-wrap gap-1">
            {clip === null ? (
              <IconButton
                label={t('recording.make')}
                size="s"
                variant="secondary"
                onClick={() => does.onCreate(moment)}
              >
                <Plus size={16} />
              </IconButton>
            ) : (
              <ClipButtons
                clip={clip}
                onDecide={(state) => does.onDecide(moment, state)}
                onFavourite={() => does.onFavourite(moment)}
                onRename={() => does.onRenaming(moment.id)}
                onRemove={() => does.onRemove(moment)}
              />
            )}
          </div>
          <ReasonBars reasons={moment.reasons} shown={shownCurves} onReason={does.onReason} />
        </div>
      )}
    </li>
  )
})
