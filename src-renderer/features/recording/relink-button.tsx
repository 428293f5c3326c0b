import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { ChoosePath } from '../../browse/choose-path.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'

/** Says where a recording's file lies now. Another recording's file is refused, and nothing changes. */
export function RelinkButton({ recordingId }: { recordingId: number }) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const [choosing, setChoosing] = useState(false)
  const relink = useMutation({
    mutationFn: (path: string) => client.recordings.relink({ id: recordingId, path }),
    onSuccess() {
      announce(t('recording.relinked'))
      toast.success(t('recording.relinked'))
      void cache.invalidateQueries({ queryKey: queries.recordings.key() })
      void cache.invalidateQueries({ queryKey: queries.stills.key() })
    },
  })
  return (
    <>
      {relink.error !== null && <ErrorState compact error={relink.error} />}
      <Button
        variant="primary"
        className="mt-3"
        disabled={relink.isPending}
        onClick={() => {
          relink.reset()
          setChoosing(true)
        }}
      >
        {t('recording.relink')}
      </Button>
      {choosing && (
        <ChoosePath
          title={t('recording.relink')}
          what="recordings"
          from={null}
          onChoose={(path) => relink.mutate(path)}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
