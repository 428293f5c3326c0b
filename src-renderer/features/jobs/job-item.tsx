import { Link } from '@tanstack/react-router'
import ArrowDownToLine from 'lucide-react/icons/arrow-down-to-line'
import ArrowUpToLine from 'lucide-react/icons/arrow-up-to-line'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import ScrollText from 'lucide-react/icons/scroll-text'
import X from 'lucide-react/icons/x'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job, JobState } from '../../../src-shared/contract/job.ts'
import { Badge } from '../../components/badge.tsx'
import { IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { Progress } from '../../components/progress.tsx'
import { inOurWords } from '../../i18n/engine-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { actionsOf, attemptOf, titleOf, type JobAction } from './job-groups.ts'
import { JobFailureText } from './job-failure.tsx'
import { jobShortcuts } from './shortcuts.ts'
import { useShownKeys } from '../../shortcuts/use-shortcuts.ts'

const icons = {
  pause: Pause,
  resume: Play,
  retry: RotateCcw,
  first: ArrowUpToLine,
  last: ArrowDownToLine,
  cancel: X,
  log: ScrollText,
}
const tones = {
  queued: 'neutral',
  running: 'ember',
  paused: 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'neutral',
  'needs-input': 'warn',
} as const satisfies Record<JobState, string>

interface Props {
  readonly job: Job
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly onAction: (job: Job, action: JobAction) => void
}

/** One job: what it does, how far it is, what it came to. */
export function JobItem({ job, chosen, onChoose, onAction }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const row = useRef<HTMLLIElement>(null)
  const { state, progress, about, produced } = job
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const attempt = attemptOf(job)
  const underWay = state === 'running' || state === 'paused'
  // One that was paused before it began has nothing to show.
  const hasBar = state === 'running' || (state === 'paused' && progress !== null)
  const failure = state === 'failed' || state === 'needs-input' ? job.failures.at(-1) : undefined
  return (
    <li
      ref={row}
      onPointerDown={onChoose}
      className={classNames('rounded-lg border bg-surface p-3 sm:p-4', chosen ? 'border-ember' : 'border-line')}
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <h3 dir="auto" title={titleOf(job)} className="truncate text-left text-sm font-medium">
            {about == null ? (
              titleOf(job)
            ) : (
              <Link
                to="/recordings/$id"
                params={{ id: String(about.recordingId) }}
                className="rounded-sm hover:underline"
              >
                {titleOf(job)}
              </Link>
            )}
          </h3>
          <p className="figures mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-soft">
            <Badge tone={tones[state]}>{t(`jobs.states.${state}`)}</Badge>
            <span>{t(`jobs.kinds.${job.spec.kind}`)}</span>
            <span className="text-faint">
              {format.moment(underWay || state === 'queued' ? job.createdAt : job.updatedAt)}
            </span>
            {attempt > 1 && <span className="text-faint">{t('jobs.attempt', { number: attempt })}</span>}
            {job.interruptions > 0 && (
              <span className="text-faint">{t('jobs.interrupted', { count: job.interruptions })}</span>
            )}
            {produced != null && produced.clips > 0 && <span>{t('jobs.clips', { count: produced.clips })}</span>}
            {produced != null && produced.renders > 0 && (
              <Link to="/exports" className="rounded-sm text-ember-ink hover:underline">
                {t('jobs.files', { count: produced.renders })}
              </Link>
            )}
          </p>
        </div>
        <div className="-mt-1 -mr-1 flex shrink-0">
          {actionsOf(job).map((action) => (
            <ActionButton key={action} action={action} title={titleOf(job)} onClick={() => onAction(job, action)} />
          ))}
        </div>
      </div>
      {hasBar && (
        <div className="mt-3">
          <Progress
            shown
            label={
              progress === null
                ? t('jobs.starting')
                : progress.waitingFor === null
                  ? t(`jobs.stages.${progress.stage}`)
                  : inOurWords(progress.waitingFor)
            }
            fraction={progress?.fraction ?? null}
            etaSeconds={state === 'running' ? (progress?.etaSeconds ?? null) : null}
          />
        </div>
      )}
      {state === 'queued' && progress?.waitingFor != null && (
        <p className="mt-2 text-xs text-soft">{inOurWords(progress.waitingFor)}</p>
      )}
      {failure !== undefined && <JobFailureText failure={failure} />}
    </li>
  )
}

function ActionButton({ action, title, onClick }: { action: JobAction; title: string; onClick: () => void }) {
  const { t } = useTranslation()
  const Icon = icons[action]
  const shortcut = useShownKeys(jobShortcuts, action === 'resume' ? 'pause' : action)
  return (
    <IconButton
      label={t(`jobs.actions.${action}`, { title })}
      size="s"
      onClick={onClick}
      {...(shortcut !== undefined && { shortcut })}
    >
      <Icon size={16} />
    </IconButton>
  )
}
