import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineLine } from '../../../src-shared/contract/curves.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { classNames } from '../../components/class-names.ts'
import { controlClasses } from '../../components/field.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import type { Player } from '../../player/player.ts'
import { CaptionsFile } from './captions-file.tsx'
import { findLines, lineAt } from './transcript-lines.ts'

interface Props {
  readonly recordingId: number
  readonly lines: readonly TimelineLine[]
  readonly player: Player
  /** Words to begin with: what was searched for in the library. */
  readonly find?: string | undefined
}

/** What is said; pressing a line goes there. The line that is being said is marked, and stays in sight while playing. */
export function TranscriptPanel({ recordingId, lines, player, find = '' }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState(find)
  const shown = useMemo(() => findLines(lines, words), [lines, words])
  const current = useCurrentLine(shown, player)
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 12,
  })
  useEffect(() => {
    if (current >= 0 && player.playing.get()) rows.scrollToIndex(current, { align: 'center' })
  }, [current, player, rows])
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
      <div className="flex items-center gap-3 px-2">
        <input
          type="search"
          aria-label={t('recording.findSpeech')}
          placeholder={t('recording.findSpeech')}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
          className={classNames(controlClasses, 'min-w-0 grow')}
        />
        {words.trim() !== '' && (
          <span role="status" className="figures shrink-0 text-xs text-soft">
            {t('recording.linesFound', { count: shown.length })}
          </span>
        )}
      </div>
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={t('recording.speech')}
        className="h-[60dvh] min-h-40 overflow-y-auto"
      >
        <ol className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const line = shown[index]
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
                  aria-current={index === current ? 'true' : undefined}
                  onClick={() => player.seek(line.start)}
                  className="flex w-full gap-3 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover aria-[current]:bg-ember-wash"
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

/** Changes with the line, not with every picture. */
function useCurrentLine(lines: readonly TimelineLine[], player: Player): number {
  const [current, setCurrent] = useState(-1)
  useEffect(() => {
    const look = (): void => setCurrent(lineAt(lines, player.time.get()))
    look()
    return player.time.subscribe(look)
  }, [lines, player])
  return current
}
