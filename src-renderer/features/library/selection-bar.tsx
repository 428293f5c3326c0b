import X from 'lucide-react/icons/x'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { useApi } from '../../api-context.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { Toolbar } from '../../components/toolbar.tsx'
import { openExport } from '../exports/open-export.ts'
import { openMontage } from '../montage/open-montage.ts'
import type { Add } from './use-add.ts'
import type { Selection } from './use-selection.ts'

const SelectionQuestion = lazy(async () => ({ default: (await import('./selection-question.tsx')).SelectionQuestion }))

/** The engine takes so many at a time. */
const MOST = 500

interface Props {
  readonly selection: Selection
  readonly add: Add
}

/** What can be done with several recordings at once. */
export function SelectionBar({ selection, add }: Props) {
  const { t } = useTranslation()
  const { client } = useApi()
  const tellProblem = useProblemToast()
  const [asked, setAsked] = useState<'remove' | 'trash' | null>(null)
  const ids = [...selection.ids].slice(0, MOST)
  const close = (): void => setAsked(null)

  async function go(what: 'remove' | 'trash'): Promise<void> {
    close()
    selection.clear()
    try {
      for (const { problem } of await client.recordings[what]({ ids })) if (problem !== null) toast.error(problem)
    } catch (thrown) {
      tellProblem(thrown)
    }
  }

  async function analyse(): Promise<void> {
    selection.clear()
    try {
      // The page holds those in sight only.
      const { items } = await client.recordings.list({ ids, limit: MOST })
      await add.paths(items.map(({ path }) => path))
    } catch (thrown) {
      tellProblem(thrown)
    }
  }

  async function withKept(open: (clips: readonly StoredClip[]) => void): Promise<void> {
    try {
      const clips: StoredClip[] = []
      for (const recordingId of ids) {
        clips.push(...(await client.clips.list({ recordingId, state: 'kept', limit: MOST })).items)
        if (clips.length >= MOST) break
      }
      if (clips.length === 0) toast(t('library.selection.noneKept'))
      else open(clips.slice(0, MOST))
    } catch (thrown) {
      tellProblem(thrown)
    }
  }

  if (selection.ids.size === 0) return null
  return (
    <div className="absolute inset-x-0 bottom-4 z-20 flex justify-center px-4">
      <Toolbar
        label={t('library.selection.label')}
        className="animate-rise rounded-lg border border-line bg-raised p-2 pl-4 shadow-float max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:pl-2 sm:flex-nowrap max-sm:[&>:last-child:nth-child(odd)]:col-span-2 max-sm:[&>button+button]:h-11 max-sm:[&>button+button]:leading-tight max-sm:[&>button+button]:whitespace-normal"
      >
        <span className="figures text-sm font-medium max-sm:pl-2" role="status">
          {t('library.selection.count', { count: ids.length })}
        </span>
        <IconButton
          size="s"
          label={t('library.selection.clear')}
          onClick={selection.clear}
          className="max-sm:justify-self-end"
        >
          <X size={17} />
        </IconButton>
        <Button size="s" onClick={() => void analyse()}>
          {t('library.selection.analyse')}
        </Button>
        <Button size="s" onClick={() => void withKept(openExport)}>
          {t('library.selection.export')}
        </Button>
        <Button size="s" onClick={() => void withKept(openMontage)}>
          {t('montage.make')}
        </Button>
        <Button size="s" onClick={() => setAsked('remove')}>
          {t('library.selection.remove')}
        </Button>
        <Button size="s" variant="danger" onClick={() => setAsked('trash')}>
          {t('library.selection.trash')}
        </Button>
      </Toolbar>
      {asked !== null && (
        <Suspense>
          <SelectionQuestion about={asked} count={ids.length} onYes={() => void go(asked)} onClose={close} />
        </Suspense>
      )}
    </div>
  )
}
