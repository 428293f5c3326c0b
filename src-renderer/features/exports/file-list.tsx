import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'

/** About what an item without a note is high. */
const ROW = 104

interface Props {
  readonly files: readonly ExportedFile[]
  readonly total: number
  /** The one that keys are for. */
  readonly chosen: number
  readonly frame: RefObject<HTMLDivElement | null>
  readonly onEnd: () => void
  readonly children: (file: ExportedFile, index: number) => ReactNode
}

/** Any number of files; only those in sight exist. */
export function FileList({ files, total, chosen, frame, onEnd, children }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const virtual = useVirtualizer({
    count: files.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 4,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => files[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= files.length - 10) onEnd()
  }, [last, files.length, onEnd])
  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: 'auto' })
  }, [virtual, chosen])
  return (
    <ul
      ref={list}
      aria-label={t('exported.list')}
      className="relative -mx-2"
      style={{ height: virtual.getTotalSize() }}
    >
      {items.map((row) => {
        const file = files[row.index]
        return (
          <li
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            aria-setsize={total}
            aria-posinset={row.index + 1}
            className="absolute inset-x-0 top-0 pb-1"
            style={{ transform: `translateY(${row.start - virtual.options.scrollMargin}px)` }}
          >
            {file !== undefined && children(file, row.index)}
          </li>
        )
      })}
    </ul>
  )
}
