import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../src-shared/contract/settings.ts'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Planet } from '../../components/planet.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { DeviceList } from '../../devices/device-list.tsx'
import { DemoStep } from './demo-step.tsx'
import { FolderStep } from './folder-step.tsx'

const steps = ['folders', 'devices', 'demo'] as const

/** Three steps before the first recording; each can be skipped, and so can all. */
export function FirstRun() {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const [at, setAt] = useState(0)
  const [untold, setUntold] = useState<ReadonlySet<string>>(new Set())
  const suggestions = useQuery(queries.setup.suggestions.queryOptions())
  // Begun at once, so that it is done by the second step.
  const devices = useQuery(queries.devices.report.queryOptions({ input: {} }))
  const keep = (settings: Settings): void => {
    cache.setQueryData(queries.settings.get.queryKey(), settings)
  }
  const finish = useMutation({
    mutationFn: () => client.settings.change({ firstRunDone: true }),
    onSuccess: keep,
    onError: tellProblem,
  })
  const agree = useMutation({
    mutationFn: (recorderFolders: string[]) => client.settings.change({ recorderFolders }),
    onSuccess: keep,
    onError: tellProblem,
  })
  const step = steps[at] ?? 'demo'
  const next = (): void => {
    const found = suggestions.data ?? []
    if (step === 'folders' && found.length > 0)
      agree.mutate(found.map(({ folder }) => folder).filter((folder) => !untold.has(folder)))
    setAt(at + 1)
  }
  const toggle = (folder: string): void => {
    const now = new Set(untold)
    if (!now.delete(folder)) now.add(folder)
    setUntold(now)
  }
  return (
    // From above, so that nothing jumps from step to step.
    <div className="mx-auto w-full max-w-lg pt-[min(12vh,7rem)] pb-6">
      <Planet className="mx-auto mb-6 w-36" />
      <p className="figures text-center text-sm text-soft">{t('firstRun.step', { at: at + 1, of: steps.length })}</p>
      <h1 tabIndex={-1} className="sr-only">
        {t('firstRun.title')}
      </h1>
      <form
        // A step is another form, so that the focus begins anew in it.
        key={step}
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (step !== 'demo') next()
        }}
      >
        <h2 className="text-center text-xl font-semibold tracking-tight text-balance">{t(`firstRun.${step}.title`)}</h2>
        <p className="mt-2 text-center text-sm text-soft text-pretty">{t(`firstRun.${step}.text`)}</p>
        {step === 'demo' ? (
          <DemoStep onFinish={() => finish.mutate()} onBack={() => setAt(at - 1)} />
        ) : (
          <>
            <div className="mt-5 rounded-lg border border-line bg-surface p-4">
              {step === 'folders' && <FolderStep suggestions={suggestions.data} untold={untold} onToggle={toggle} />}
              {step === 'devices' && <DeviceList brief rows={devices.isError ? [] : devices.data} />}
            </div>
            <div className="mt-4 flex items-center gap-2">
              <Button variant="quiet" onClick={() => finish.mutate()}>
                {t('firstRun.skip')}
              </Button>
              <span className="grow" />
              {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('firstRun.back')}</Button>}
              <Button type="submit" variant="primary" autoFocus>
                {t('firstRun.next')}
              </Button>
            </div>
          </>
        )}
      </form>
    </div>
  )
}
