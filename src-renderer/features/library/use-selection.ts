import { useMemo, useRef, useState } from 'react'
import type { Recordings } from './use-recordings.ts'

export interface Selection {
  readonly ids: ReadonlySet<number>
  /** The one at `index`; with `range`, all from the last one that was clicked. */
  readonly toggle: (index: number, range: boolean) => void
  readonly all: () => void
  readonly clear: () => void
}

export function useSelection(recordings: Recordings | undefined): Selection {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  const latest = useRef(recordings)
  latest.current = recordings
  const anchor = useRef(0)
  const actions = useMemo(
    () => ({
      toggle(index: number, range: boolean) {
        const [from, to] = range ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index]
        const clicked = latest.current?.at(index)?.id
        if (!range) anchor.current = index
        setIds((now) => {
          const next = new Set(now)
          if (!range && clicked !== undefined && next.delete(clicked)) return next
          for (let at = from; at <= to; at++) {
            const id = latest.current?.at(at)?.id
            if (id !== undefined) next.add(id)
          }
          return next
        })
      },
      all: () => setIds(new Set(latest.current?.loaded.map(({ id }) => id))),
      clear: () => setIds(new Set()),
    }),
    [],
  )
  return useMemo(() => ({ ids, ...actions }), [ids, actions])
}
