import { lazy, Suspense } from 'react'
import { useStore } from '../../store.ts'
import { montageWish } from './open-montage.ts'

const MontageDialog = lazy(async () => ({ default: (await import('./montage-dialog.tsx')).MontageDialog }))

/** Where the dialog opens, on any page; its code comes when it is first asked for. */
export function MontagePlace() {
  const wish = useStore(montageWish)
  return <Suspense>{wish !== null && <MontageDialog wish={wish} onClose={() => montageWish.set(null)} />}</Suspense>
}
