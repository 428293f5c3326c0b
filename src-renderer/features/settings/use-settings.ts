import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { Settings, SettingsChange } from '../../../src-shared/contract/settings.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'

export type ChangeSettings = (change: SettingsChange) => void

/** What the settings were of these fields: what takes a change back. Pure. */
export function before(settings: Settings, change: SettingsChange): SettingsChange {
  return Object.fromEntries(Object.keys(change).map((key) => [key, settings[key as keyof Settings]]))
}

/** The settings, and what saves a change of them at once; a toast takes it back. */
export function useSettings(): { settings: Settings | undefined; error: Error | null; change: ChangeSettings } {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const queryKey = queries.settings.get.queryKey()
  const { data: settings, error } = useQuery(queries.settings.get.queryOptions())
  const { mutate } = useMutation({
    mutationFn: ({ change }: { change: SettingsChange; undo: SettingsChange | null }) => client.settings.change(change),
    onMutate({ change }) {
      // Seen at once; what the engine answers follows.
      cache.setQueryData<Settings>(queryKey, (now) => (now === undefined ? now : ({ ...now, ...change } as Settings)))
    },
    onSuccess(saved, { undo }) {
      cache.setQueryData(queryKey, saved)
      const said = t(undo === null ? 'settings.undone' : 'settings.saved')
      announce(said)
      toast(said, {
        id: 'settings',
        ...(undo !== null && {
          action: { label: t('common.undo'), onClick: () => mutate({ change: undo, undo: null }) },
        }),
      })
    },
    onError(thrown) {
      tellProblem(thrown)
      void cache.invalidateQueries({ queryKey })
    },
  })
  const change = useCallback(
    (wish: SettingsChange) => {
      const now = cache.getQueryData<Settings>(queryKey)
      if (now !== undefined) mutate({ change: wish, undo: before(now, wish) })
    },
    // The key is made anew each time, and always the same.
    [cache, mutate],
  )
  return { settings, error, change }
}
