import { useMemo, useState } from 'react'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'

/** Which file keys are for, and which ones are selected for something that takes several. */
export function useChosenFiles(files: readonly ExportedFile[]) {
  const [chosen, setChosen] = useState(-1)
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  const selected = useMemo(() => files.filter(({ id }) => ids.has(id)), [files, ids])
  return {
    // Files that went leave the place to those behind them.
    chosen: Math.min(chosen, files.length - 1),
    choose: setChosen,
    move: (by: number) => setChosen(Math.min(files.length - 1, Math.max(0, chosen + by))),
    selected,
    isSelected: (id: number) => ids.has(id),
    toggle: (id: number) =>
      setIds((now) => {
        const next = new Set(now)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    selectAll: () => setIds(new Set(files.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  }
}
