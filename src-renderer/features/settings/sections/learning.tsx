import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Badge } from '../../../components/badge.tsx'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { useProblemToast } from '../../../components/problem-toast.ts'
import { Switch } from '../../../components/switch.tsx'
import { inOurWords } from '../../../i18n/engine-words.ts'
import type { SectionProps } from '../section.ts'

/** What was learned from keeping and discarding, whether it is used, and how to forget it. */
export function LearningSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const [asked, setAsked] = useState(false)
  const options = queries.learning.report.queryOptions()
  const { data, error } = useQuery({ ...options, staleTime: 0 })
  const reset = useMutation({
    mutationFn: () => client.learning.reset(),
    onSuccess: (report) => cache.setQueryData(options.queryKey, report),
    onError: tellProblem,
  })
  const isBlank = data === undefined || Object.values(data.counts).every((count) => count === 0)
  return (
    <>
      <Switch
        label={t('settings.learning.use')}
        hint={t('settings.learning.text')}
        checked={settings.learning}
        onChange={(learning) => change({ learning })}
      />
      {error !== null && <ErrorState compact error={error} />}
      {data !== undefined && (
        <>
          <p className="figures flex flex-wrap items-center gap-2 text-sm text-soft">
            <Badge tone={data.ranking.state === 'used' ? 'good' : 'neutral'}>
              {t(`settings.learning.states.${data.ranking.state}`)}
            </Badge>
            {t('settings.learning.counts', data.counts)}
          </p>
          <p className="text-sm">{inOurWords(data.why)}</p>
          <p className="text-sm text-soft">{inOurWords(data.whyPadding)}</p>
          {data.parameters.length > 0 && (
            <ul className="list-disc pl-5 text-sm text-soft">
              {data.parameters.map(({ name, text }) => (
                <li key={name}>{inOurWords(text)}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <Button size="s" variant="danger" className="self-start" disabled={isBlank} onClick={() => setAsked(true)}>
        {t('settings.learning.reset')}
      </Button>
      {asked && (
        <Dialog
          open
          onOpenChange={setAsked}
          title={t('settings.learning.resetTitle')}
          description={t('settings.learning.resetText')}
          footer={
            <>
              <Button onClick={() => setAsked(false)}>{t('common.cancel')}</Button>
              <Button
                variant="danger"
                onClick={() => {
                  reset.mutate()
                  setAsked(false)
                }}
              >
                {t('settings.learning.reset')}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      )}
    </>
  )
}
