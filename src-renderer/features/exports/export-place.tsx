import { lazy, Suspense } from 'react'
import { useStore } from '../../store.ts'
import { exportWish } from './open-export.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))

/** Where the dialog opens, on any page; its code comes when it is first asked for. */
export function ExportPlace() {
  const wish = useStore(exportWish)
  return <Suspense>{wish !== null && <ExportDialog wish={wish} onClose={() => exportWish.set(null)} />}</Suspense>
}
