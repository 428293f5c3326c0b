import { useQuery } from '@tanstack/react-query'
import GripVertical from 'lucide-react/icons/grip-vertical'
import X from 'lucide-react/icons/x'
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { labelOf } from '../../clip-label.ts'
import { IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { controlClasses } from '../../components/field.tsx'
import { Thumbnail } from '../../components/thumbnail.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { moved, type MontageEntry } from './montage-choice.ts'

interface Props {
  readonly entries: readonly MontageEntry[]
  readonly onChange: (entries: readonly MontageEntry[]) => void
  /** Whether each has a title card, whose words can be changed. */
  readonly cards: boolean
}

/** The clips in the order in which they are shown: dragged by their handles, or moved by arrow keys on them. */
export function ClipOrder({ entries, onChange, cards }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const list = useRef<HTMLOListElement>(null)
  const handles = useRef(new Map<number, HTMLButtonElement>())
  const dragged = useRef<number | null>(null)
  const latest = useRef(entries)
  latest.current = entries

  function move(key: number, to: number): void {
    const from = latest.current.findIndex((entry) => entry.key === key)
    const place = Math.max(0, Math.min(latest.current.length - 1, to))
    if (from === -1 || from === place) return
    latest.current = moved(latest.current, from, place)
    onChange(latest.current)
    announce(t('montage.movedTo', { place: place + 1, count: latest.current.length }))
  }
  function remove(index: number): void {
    const key = (entries[index + 1] ?? entries[index - 1])?.key
    onChange(entries.filter((_, at) => at !== index))
    announce(t('montage.removed'))
    if (key !== undefined) handles.current.get(key)?.focus()
  }
  function onKey(event: KeyboardEvent, key: number, index: number): void {
    const by = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: entries.length - 1 }[event.key]
    if (by === undefined && event.key !== 'Delete') return
    event.preventDefault()
    if (by === undefined) return remove(index)
    move(key, by)
    // Where React moved it in the document, it may have lost the focus.
    requestAnimationFrame(() => handles.current.get(key)?.focus())
  }
  function onDrag(event: PointerEvent): void {
    const key = dragged.current
    if (key === null || list.current === null) return
    const rows = [...list.current.children].map((row) => row.getBoundingClientRect())
    const over = rows.findIndex(({ top, bottom }) => event.clientY >= top && event.clientY < bottom)
    if (over !== -1) move(key, over)
  }
  return (
    <ol ref={list} aria-label={t('montage.order')} className="flex flex-col gap-1">
      {entries.map(({ key, clip, card }, index) => {
        const title = labelOf(clip)
        return (
          <li key={key} className="flex items-center gap-2 rounded-md border border-line bg-surface py-1 pr-1">
            <button
              type="button"
              ref={(element) => {
                if (element === null) handles.current.delete(key)
                else handles.current.set(key, element)
              }}
              aria-label={t('montage.move', { title, place: index + 1 })}
              onKeyDown={(event) => onKey(event, key, index)}
              onPointerDown={(event) => {
                dragged.current = key
                event.currentTarget.setPointerCapture(event.pointerId)
              }}
              onPointerMove={onDrag}
              onPointerUp={() => (dragged.current = null)}
              onPointerCancel={() => (dragged.current = null)}
              className="grid h-9 w-8 shrink-0 cursor-grab touch-none place-items-center rounded-sm text-faint hover:text-ink active:cursor-grabbing"
            >
              <GripVertical size={16} aria-hidden="true" />
            </button>
            <span className="figures w-5 shrink-0 text-right text-xs text-faint">{index + 1}</span>
            <ClipPicture clipId={clip.id} />
            {cards ? (
              <input
                value={card}
                maxLength={120}
                aria-label={t('montage.cardOf', { title })}
                placeholder={t('montage.noCard')}
                onChange={({ currentTarget }) =>
                  onChange(entries.map((entry, at) => (at === index ? { ...entry, card: currentTarget.value } : entry)))
                }
                className={classNames(controlClasses, 'grow')}
              />
            ) : (
              <span className="min-w-0 grow truncate text-sm" title={title}>
                {title}
              </span>
            )}
            <span className="figures shrink-0 text-xs text-faint max-sm:hidden">
              {format.duration(secondsFromTicks(clip.end - clip.start))}
            </span>
            <IconButton size="s" label={t('montage.leaveOut', { title })} onClick={() => remove(index)}>
              <X size={15} />
            </IconButton>
          </li>
        )
      })}
    </ol>
  )
}

/** So that clips are told apart that nobody named. */
function ClipPicture({ clipId }: { clipId: number }) {
  const { queries } = useApi()
  const { data, isError } = useQuery({
    ...queries.stills.thumbnail.queryOptions({ input: { clipId, side: 320 } }),
    staleTime: Infinity,
    retry: false,
  })
  return <Thumbnail jpeg={isError ? null : data?.jpeg} alt="" className="w-14 shrink-0 rounded-sm" />
}
