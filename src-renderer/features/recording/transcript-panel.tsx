import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineLine } from '../../../src-shared/contract/curves.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { useFormat } from '../../i18n/use-format.ts'
import type { Player } from '../../player/player.ts'
import { CaptionsFile } from './captions-file.tsx'

interface Props {
  readonly recordingId: number
  readonly lines: readonly TimelineLine[]
  readonly player: Player
}

/** What is said; pressing a line goes there. */
export function TranscriptPanel({ recordingId, lines, player }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 12,
  })
  const file = <CaptionsFile recordingId={recordingId} known={lines.length > 0} />
  if (lines.length === 0) {
    return (
      <div className="flex flex-col gap-3">
        <p className="px-2 text-sm text-soft">{t('recording.noSpeech')}</p>
        {file}
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      {file}
      <div
        ref={scroller}
        role="group"
        tabIndex={0}
        aria-label={t('recording.speech')}
        className="h-full min-h-40 overflow-y-auto"
      >
        <ol className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index]
            if (line === undefined) return null
            return (
              <li
                key={key}
                data-index={index}
                ref={rows.measureElement}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <button
                  type="button"
                  onClick={() => player.seek(line.start)}
                  className="flex w-full gap-3 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover"
                >
                  <span className="figures w-14 shrink-0 text-faint">
                    {format.duration(secondsFromTicks(line.start))}
                  </span>
                  <span className="min-w-0 break-words">{line.text}</span>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </div>
  )
}
