import { useEffect, useMemo, useRef } from 'react'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { createStore, type Store } from '../store.ts'
import { clampView, type View } from './view.ts'

const MOST = 50
/** Where one looked at recordings last, while this window is open. */
const views = new Map<number, View>()

/** What is in sight of a recording: all of it at first, then what was last. */
export function useView(recordingId: number, duration: Ticks): Store<View> {
  const view = useMemo(
    () => createStore<View>(clampView(views.get(recordingId) ?? { from: 0, to: duration }, duration)),
    // A length that is known later is another effect's.
    [recordingId],
  )
  const known = useRef(duration)
  useEffect(() => {
    if (known.current === duration) return
    known.current = duration
    view.set(clampView({ from: 0, to: duration }, duration))
  }, [view, duration])
  useEffect(
    () => () => {
      views.delete(recordingId)
      views.set(recordingId, view.get())
      for (const oldest of views.keys()) {
        if (views.size <= MOST) return
        views.delete(oldest)
      }
    },
    [recordingId, view],
  )
  return view
}
