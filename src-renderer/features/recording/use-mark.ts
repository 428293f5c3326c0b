import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { Ticks } from '../../../src-shared/contract/time.ts'
import { announce } from '../../announce.ts'
import { useShownKeys } from '../../shortcuts/use-shortcuts.ts'
import type { Span } from '../../timeline/scene.ts'
import { recordingShortcuts } from './shortcuts.ts'

interface Ends {
  readonly start: Ticks | null
  readonly end: Ticks | null
}

const nothing: Ends = { start: null, end: null }

/** A new clip that is being marked: by dragging on the timeline, or end by end. */
export function useMark(make: (span: Span) => void) {
  const { t } = useTranslation()
  const key = useShownKeys(recordingShortcuts, 'keep') ?? '+'
  const [ends, setEnds] = useState<Ends>(nothing)
  const { start, end } = ends
  const known = start ?? end
  /** Where only one end is known, there is no length yet. */
  const span: Span | null = known === null ? null : { start: start ?? known, end: end ?? known }
  const complete = span !== null && span.start < span.end
  const tell = (said: string): void => {
    announce(said)
    toast(said, { id: 'mark' })
  }
  return {
    span,
    complete,
    /** An end that would lie on the wrong side drops the other one: marking begins anew. */
    setEnd(which: 'start' | 'end', time: Ticks): void {
      const other = which === 'start' ? end : start
      const stays = other !== null && (which === 'start' ? time < other : other < time)
      setEnds(stays ? { ...ends, [which]: time } : { ...nothing, [which]: time })
      tell(t(stays ? 'recording.marked.both' : `recording.marked.${which}`, { key }))
    },
    drag(next: Span | null, done: boolean): void {
      setEnds(done ? nothing : (next ?? nothing))
      if (done && next !== null) make(next)
    },
    /** False: nothing is marked. */
    make(): boolean {
      if (span === null) return false
      if (!complete) tell(t(`recording.marked.${start === null ? 'end' : 'start'}`))
      else {
        setEnds(nothing)
        make(span)
      }
      return true
    },
    drop(): boolean {
      setEnds(nothing)
      return span !== null
    },
  }
}

export type Mark = ReturnType<typeof useMark>
