import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { CleanablePart, StorageReport } from '../../../../src-shared/contract/app.ts'
import { useApi } from '../../../api-context.tsx'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { useProblemToast } from '../../../components/problem-toast.ts'
import { Slider } from '../../../components/slider.tsx'
import { useFormat } from '../../../i18n/use-format.ts'
import type { SectionProps } from '../section.ts'

type Part = StorageReport['parts'][number]

const GB = 1_000_000_000

/** What everything takes on the disk, how much it may take, and how to get room. */
export function StorageSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { client, queries } = useApi()
  const tellProblem = useProblemToast()
  const [asked, setAsked] = useState<Part | null>(null)
  const [quota, setQuota] = useState<number | null>(null)
  const report = useQuery({ ...queries.storage.report.queryOptions(), staleTime: 10_000 })
  const clean = useMutation({
    mutationFn: (what: CleanablePart) => client.storage.clean({ what: [what] }),
    onSuccess: ({ freedBytes }) => toast(t('settings.storage.cleaned', { size: format.bytes(freedBytes) })),
    onError: tellProblem,
    onSettled: () => report.refetch(),
  })
  const parts = report.data?.parts ?? []
  const most = Math.max(1, ...parts.map(({ bytes }) => bytes))
  const free = report.data?.freeBytes ?? null
  const gigabytes = quota ?? Math.round(settings.featureQuotaBytes / GB)
  return (
    <>
      {report.error !== null && <ErrorState compact error={report.error} onRetry={() => void report.refetch()} />}
      <ul className="flex flex-col gap-3">
        {parts.map((part) => (
          <li key={part.what} className="flex items-center gap-4">
            <div className="min-w-0 grow">
              <p className="flex items-baseline justify-between gap-3 text-sm">
                <span>{t(`settings.storage.parts.${part.what}`)}</span>
                <span className="figures shrink-0 text-xs text-soft">
                  {format.bytes(part.bytes)}
                  {part.quotaBytes !== null && ` / ${format.bytes(part.quotaBytes)}`}
                </span>
              </p>
              <div aria-hidden="true" className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-pressed">
                <div className="h-full rounded-full bg-ember" style={{ width: `${(part.bytes / most) * 100}%` }} />
              </div>
            </div>
            <div className="flex w-18 shrink-0 justify-end">
              {part.cleaning !== null && (
                <Button
                  size="s"
                  disabled={part.bytes === 0 || clean.isPending}
                  aria-label={t('settings.storage.cleanThis', { what: t(`settings.storage.parts.${part.what}`) })}
                  onClick={() => setAsked(part)}
                >
                  {t('settings.storage.clean')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {free !== null && (
        <p className="figures text-sm text-soft">{t('settings.storage.free', { size: format.bytes(free) })}</p>
      )}
      <Slider
        label={t('settings.storage.quota')}
        hint={t('settings.storage.quotaText')}
        value={gigabytes}
        min={0}
        max={100}
        shown={format.bytes(gigabytes * GB)}
        onChange={setQuota}
        onCommit={(next) => {
          change({ featureQuotaBytes: next * GB })
          setQuota(null)
        }}
      />
      {asked !== null && (
        <Dialog
          open
          onOpenChange={() => setAsked(null)}
          title={t('settings.storage.confirm', { what: t(`settings.storage.parts.${asked.what}`) })}
          description={t(asked.cleaning === 'bin' ? 'settings.storage.toBin' : 'settings.storage.again')}
          footer={
            <>
              <Button onClick={() => setAsked(null)}>{t('common.cancel')}</Button>
              <Button
                variant="danger"
                onClick={() => {
                  if (isCleanable(asked.what)) clean.mutate(asked.what)
                  setAsked(null)
                }}
              >
                {t('settings.storage.clean')}
              </Button>
            </>
          }
        >
          <p className="figures text-sm text-soft">{format.bytes(asked.bytes)}</p>
        </Dialog>
      )}
    </>
  )
}

const isCleanable = (what: Part['what']): what is CleanablePart => what !== 'library' && what !== 'renders'
