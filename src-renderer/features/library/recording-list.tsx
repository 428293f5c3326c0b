import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { Skeleton } from '../../components/skeleton.tsx'
import { RecordingCard, RecordingRow } from './recording-item.tsx'
import type { JobsUnderWay } from './use-jobs.ts'
import type { Recordings } from './use-recordings.ts'
import type { Selection } from './use-selection.ts'

const MIN_CARD = 236
const GAP = 12
/** Below a card's picture: title, details, badges, padding. These grow with the text. */
const CARD_TEXT = 108
const ROW = 68
const textScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

interface Props {
  readonly recordings: Recordings
  readonly jobs: JobsUnderWay
  readonly selection: Selection
  readonly asList: boolean
  /** What scrolls. */
  readonly frame: RefObject<HTMLDivElement | null>
}

/** Any number of recordings; only those in sight exist. */
export function RecordingList({ recordings, jobs, selection, asList, frame }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const width = useWidth(list)
  const [scale] = useState(textScale)
  const columns = asList ? 1 : Math.max(1, Math.floor((width + GAP) / (MIN_CARD * scale + GAP)))
  const cardWidth = (width - (columns - 1) * GAP) / columns
  const height = Math.round(asList ? ROW * scale : ((cardWidth - 16) * 9) / 16 + CARD_TEXT * scale)
  const rows = Math.ceil(recordings.total / columns)
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : rows,
    getScrollElement: () => frame.current,
    estimateSize: () => height + (asList ? 2 : GAP),
    overscan: 3,
    // Rows may come a frame later; the scrolling does not wait for them.
    useFlushSync: false,
    scrollMargin: list.current?.offsetTop ?? 0,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const items = virtual.getVirtualItems()
  const first = (items[0]?.index ?? 0) * columns
  const last = ((items.at(-1)?.index ?? 0) + 1) * columns - 1
  useEffect(() => recordings.show(first, last), [recordings, first, last])
  const Item = asList ? RecordingRow : RecordingCard
  const shown: ReactNode[] = items.flatMap((row) =>
    Array.from({ length: Math.min(columns, recordings.total - row.index * columns) }, (_, column) => {
      const index = row.index * columns + column
      const recording = recordings.at(index)
      return (
        <li
          key={index}
          aria-setsize={recordings.total}
          aria-posinset={index + 1}
          className="absolute top-0 left-0"
          style={{
            width: cardWidth,
            height,
            transform: `translate(${column * (cardWidth + GAP)}px, ${row.start - virtual.options.scrollMargin}px)`,
          }}
        >
          {recording === undefined ? (
            <Skeleton className="m-2 h-3/5" />
          ) : (
            <Item
              recording={recording}
              job={jobs.ofRecording.get(recording.id)}
              index={index}
              selected={selection.ids.has(recording.id)}
              selecting={selection.ids.size > 0}
              onSelect={selection.toggle}
            />
          )}
        </li>
      )
    }),
  )
  return (
    <ul ref={list} className="relative -mx-2" style={{ height: virtual.getTotalSize() }}>
      {shown}
    </ul>
  )
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
