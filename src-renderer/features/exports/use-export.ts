import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { announce } from '../../announce.ts'
import type { ApiClient } from '../../api-client.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { rememberChoice, type ExportChoice } from './choice.ts'
import { requestOf } from './request-of.ts'

/** Queues renders, or writes clips down for an editor. What was chosen is remembered once it went well. */
export function useExport(onQueued: () => void) {
  const { t } = useTranslation()
  const { client } = useApi()
  const navigate = useNavigate()
  const tellProblem = useProblemToast()
  const render = useMutation({
    mutationFn: ({ ids, choice }: { ids: readonly number[]; choice: ExportChoice }) =>
      client.exports.render(requestOf(ids, choice)),
    onSuccess(_jobs, { ids, choice }) {
      rememberChoice(choice)
      const said = t('exporting.queued', { count: ids.length * choice.kinds.length })
      announce(said)
      toast(said, { action: { label: t('exporting.show'), onClick: () => void navigate({ to: '/jobs' }) } })
      onQueued()
    },
    onError: tellProblem,
  })
  const write = useMutation({
    mutationFn: (request: Parameters<ApiClient['exports']['handOff']>[0]) => client.exports.handOff(request),
    onError: tellProblem,
  })
  return { render, write }
}
