import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import BadgeCheck from 'lucide-react/icons/badge-check'
import Check from 'lucide-react/icons/check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Play from 'lucide-react/icons/play'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { Badge } from '../../components/badge.tsx'
import { IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { Menu, type MenuItem } from '../../components/menu.tsx'
import { Thumbnail, ThumbnailLabel } from '../../components/thumbnail.tsx'
import { inOurWords } from '../../i18n/engine-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { nameOf } from './name-of.ts'

interface Props {
  readonly file: ExportedFile
  readonly chosen: boolean
  readonly selected: boolean
  /** Whether any is: then all show where to click. */
  readonly selecting: boolean
  readonly menu: readonly (MenuItem | null)[]
  readonly onPlay: () => void
  readonly onChoose: () => void
  readonly onSelect: () => void
}

/** One finished file: what it is, whether it is still as it was written, and what can be done with it. */
export function FileItem({ file, chosen, selected, selecting, menu, onPlay, onChoose, onSelect }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { queries } = useApi()
  const shownClip = file.clipId ?? file.montage?.clips[0]?.clipId
  const picture = useQuery({
    ...queries.stills.thumbnail.queryOptions({ input: { clipId: shownClip ?? 1, side: 320 } }),
    enabled: shownClip !== undefined,
    gcTime: 120_000,
    retry: false,
  })
  const there = file.file !== 'missing'
  const of = file.montage === null ? file.recordingTitle : t('exported.ofClips', { count: file.montage.clips.length })
  const details = [of, format.moment(file.madeAt), format.bytes(file.bytes)]
  return (
    <article
      onPointerDown={onChoose}
      className={classNames(
        'flex items-start gap-3 rounded-lg border p-2 transition-colors sm:items-center sm:gap-4',
        'group/file',
        chosen ? 'border-ember' : 'border-transparent',
        selected ? 'bg-ember-wash' : chosen ? 'bg-raised' : 'hover:bg-surface',
      )}
    >
      <div className="relative w-28 shrink-0 sm:w-36">
        <Thumbnail
          jpeg={picture.isError ? null : picture.data?.jpeg}
          alt=""
          className={there ? '' : 'opacity-50 grayscale'}
        >
          <ThumbnailLabel className="right-1 bottom-1">
            {format.duration(secondsFromTicks(file.end - file.start))}
          </ThumbnailLabel>
        </Thumbnail>
        <button
          type="button"
          disabled={!there}
          aria-label={t('exported.play', { title: file.title === '' ? nameOf(file.path) : inOurWords(file.title) })}
          onClick={onPlay}
          className="group absolute inset-0 grid place-items-center rounded-md"
        >
          {there && (
            <span className="grid size-9 place-items-center rounded-full bg-black/70 text-white opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
              <Play size={17} className="fill-current" aria-hidden="true" />
            </span>
          )}
        </button>
        <button
          type="button"
          role="checkbox"
          aria-checked={selected}
          aria-label={t('exported.select', { title: nameOf(file.path) })}
          onClick={onSelect}
          className={classNames(
            'absolute top-1.5 left-1.5 z-10 grid size-6 place-items-center rounded-sm border transition-opacity focus-visible:opacity-100',
            selected
              ? 'border-ember bg-ember text-on-ember'
              : 'border-white/70 bg-black/55 text-transparent hover:bg-black/75',
            selected || selecting ? 'opacity-100' : 'opacity-0 group-hover/file:opacity-100 pointer-coarse:opacity-100',
          )}
        >
          <Check size={15} strokeWidth={3} />
        </button>
      </div>
      <div className="min-w-0 grow">
        <h2 className="truncate text-sm font-medium" title={file.path}>
          {file.recordingId === null || file.clipId === null ? (
            nameOf(file.path)
          ) : (
            <Link
              to="/recordings/$id"
              params={{ id: String(file.recordingId) }}
              search={{ clip: file.clipId }}
              className="rounded-sm hover:underline"
            >
              {nameOf(file.path)}
            </Link>
          )}
        </h2>
        <p className="figures truncate text-xs text-faint">{details.join(' · ')}</p>
        <p className="mt-1.5 flex flex-wrap items-center gap-1.5">
          {file.montage !== null && <Badge tone="ember">{t('exported.montage')}</Badge>}
          <Badge>
            {file.montage === null ? t(`exported.shapes.${file.kind}`) : file.kind === 'vertical' ? '9:16' : '16:9'}
          </Badge>
          {file.verified && (
            <span title={t('exported.verifiedHint')} className="inline-flex">
              <Badge tone="good">
                <BadgeCheck size={13} aria-hidden="true" />
                {t('exported.verified')}
              </Badge>
            </span>
          )}
          {file.file !== 'present' && (
            <Badge tone={file.file === 'missing' ? 'bad' : 'warn'}>{t(`exported.${file.file}`)}</Badge>
          )}
        </p>
        {file.note !== undefined && <p className="mt-1 text-xs break-words text-soft">{file.note}</p>}
      </div>
      <Menu items={menu}>
        <IconButton label={t('exported.more', { title: nameOf(file.path) })}>
          <Ellipsis size={17} />
        </IconButton>
      </Menu>
    </article>
  )
}
