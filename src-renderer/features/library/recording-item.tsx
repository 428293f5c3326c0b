import { Link } from '@tanstack/react-router'
import Check from 'lucide-react/icons/check'
import { memo, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../src-shared/contract/job.ts'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { classNames } from '../../components/class-names.ts'
import { useFormat, type Format } from '../../i18n/use-format.ts'
import { JobProgress } from './job-progress.tsx'
import { RecordingBadges } from './recording-badges.tsx'
import { RecordingThumbnail } from './recording-thumbnail.tsx'

interface Props {
  readonly recording: RecordingSummary
  readonly job: Job | undefined
  readonly index: number
  readonly selected: boolean
  /** Whether any is: then all show where to click. */
  readonly selecting: boolean
  readonly onSelect: (index: number, range: boolean) => void
}

/** One recording among many: a picture, and what is to be known before it is opened. */
export const RecordingCard = memo(function RecordingCard(props: Props) {
  const { recording, job } = props
  const format = useFormat()
  return (
    <article
      className={classNames(
        'group relative flex h-full flex-col rounded-lg border p-2 transition-colors duration-(--quick)',
        props.selected ? 'border-ember bg-ember-wash' : 'border-transparent hover:bg-surface',
      )}
    >
      <RecordingThumbnail recording={recording}>
        <SelectBox overPicture {...props} />
      </RecordingThumbnail>
      <div className="flex min-h-0 grow flex-col gap-1 px-1 pt-2.5">
        <Title recording={recording} />
        <p className="figures truncate text-xs text-faint">{details(recording, format)}</p>
        <div className="mt-auto pt-1">
          {job === undefined ? (
            <RecordingBadges recording={recording} />
          ) : (
            <JobProgress job={job} title={recording.title} />
          )}
        </div>
      </div>
    </article>
  )
})

/** The same as a line. */
export const RecordingRow = memo(function RecordingRow(props: Props) {
  const { recording, job } = props
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <article
      className={classNames(
        'group relative flex h-full items-center gap-3 rounded-md border px-2 transition-colors duration-(--quick) sm:gap-4',
        props.selected ? 'border-ember bg-ember-wash' : 'border-transparent hover:bg-surface',
      )}
    >
      <SelectBox {...props} />
      <RecordingThumbnail bare recording={recording} className="w-24 shrink-0" />
      <div className="min-w-0 grow">
        <Title recording={recording} />
        {job !== undefined && (
          <div className="sm:hidden">
            <JobProgress job={job} title={recording.title} />
          </div>
        )}
        <p className={classNames('figures truncate text-xs text-faint', job !== undefined && 'max-sm:hidden')}>
          {recording.candidateCount > 0 && (
            <span className="font-medium text-ember-ink sm:hidden">
              {t('library.card.candidates', { count: recording.candidateCount })} ·{' '}
            </span>
          )}
          {details(recording, format, true)}
        </p>
      </div>
      <div className={classNames('hidden shrink-0 sm:block', job !== undefined && 'w-52')}>
        {job === undefined ? (
          <RecordingBadges recording={recording} />
        ) : (
          <JobProgress job={job} title={recording.title} />
        )}
      </div>
    </article>
  )
})

function details(recording: RecordingSummary, format: Format, withDuration = false): string {
  const { game, recordedAt, addedAt, durationSeconds } = recording
  const duration = withDuration && durationSeconds !== null ? format.duration(durationSeconds) : null
  return [duration, game, format.day(recordedAt ?? addedAt)].filter((part) => part !== null && part !== '').join(' · ')
}

/** A link as large as the whole: its area lies over everything but what can be pressed by itself. */
function Title({ recording: { id, title } }: { recording: RecordingSummary }) {
  return (
    <h2 id={`recording-${id}`} dir="auto" className="truncate text-left text-sm font-medium">
      <Link
        to="/recordings/$id"
        params={{ id: String(id) }}
        title={title}
        className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ember-ink"
      >
        {title}
      </Link>
    </h2>
  )
}

function SelectBox({
  recording,
  index,
  selected,
  selecting,
  onSelect,
  overPicture = false,
}: Props & { overPicture?: boolean }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={selected}
      aria-label={t('library.card.select', { title: recording.title })}
      onClick={(event: MouseEvent) => onSelect(index, event.shiftKey)}
      className={classNames(
        'z-10 grid size-6 shrink-0 place-items-center rounded-sm border transition-opacity focus-visible:opacity-100',
        selected
          ? 'border-ember bg-ember text-on-ember'
          : overPicture
            ? 'border-white/70 bg-black/55 text-transparent hover:bg-black/75'
            : 'border-control bg-surface text-transparent hover:bg-hover',
        selected || selecting ? 'opacity-100' : 'opacity-0 group-hover:opacity-100 pointer-coarse:opacity-100',
        overPicture && 'absolute top-1.5 left-1.5',
      )}
    >
      <Check size={15} strokeWidth={3} />
    </button>
  )
}
