import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { ChoosePath } from '../../browse/choose-path.tsx'
import { Button } from '../../components/button.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'

/** What is said in a recording, taken from a file, in the place of what was known; or forgotten. */
export function CaptionsFile({ recordingId, known }: { recordingId: number; known: boolean }) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const [choosing, setChoosing] = useState(false)
  const id = recordingId
  const done = (said: string): void => {
    announce(said)
    toast.success(said)
    void cache.invalidateQueries({ queryKey: queries.recordings.key() })
  }
  const take = useMutation({
    mutationFn: (path: string) => client.recordings.importCaptions({ id, path }),
    onSuccess({ lines, skipped }) {
      const passedOver = skipped > 0 ? ` ${t('recording.captions.skipped', { count: skipped })}` : ''
      done(t('recording.captions.taken', { count: lines }) + passedOver)
    },
    onError: tellProblem,
  })
  const forget = useMutation({
    mutationFn: () => client.recordings.forgetCaptions({ id }),
    onSuccess: () => done(t('recording.captions.forgotten')),
    onError: tellProblem,
  })
  return (
    <div className="flex flex-wrap gap-2 px-2">
      <Button size="s" disabled={take.isPending} onClick={() => setChoosing(true)}>
        {t(known ? 'recording.captions.replace' : 'recording.captions.add')}
      </Button>
      {known && (
        <Button size="s" variant="quiet" disabled={forget.isPending} onClick={() => forget.mutate()}>
          {t('recording.captions.forget')}
        </Button>
      )}
      {choosing && (
        <ChoosePath
          title={t('recording.captions.add')}
          what="texts"
          from={null}
          onChoose={(path) => take.mutate(path)}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}
