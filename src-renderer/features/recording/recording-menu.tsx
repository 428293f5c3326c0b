import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { useApi } from '../../api-context.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Menu, type MenuItem } from '../../components/menu.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { openMontage } from '../montage/open-montage.ts'
import { TextField } from '../../components/text-field.tsx'

/** What can be done with a whole recording. Nothing is ever deleted: files go to the recycle bin. */
export function RecordingMenu({ recording, kept }: { recording: RecordingSummary; kept: readonly StoredClip[] }) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const navigate = useNavigate()
  const tellProblem = useProblemToast()
  const { data: app } = useQuery(queries.app.info.queryOptions())
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null)
  const { id } = recording
  const does = useMutation({
    mutationFn: async (action: () => Promise<unknown>) => action(),
    onError: tellProblem,
  })
  const leave = async (outcomes: readonly { problem: string | null }[]): Promise<void> => {
    const problem = outcomes.find((outcome) => outcome.problem !== null)?.problem
    if (problem != null) throw new Error(problem)
    await navigate({ to: '/' })
  }
  const items: (MenuItem | null)[] = [
    {
      label: t('recording.menu.again'),
      onSelect: () =>
        does.mutate(() => client.jobs.add({ spec: { kind: 'analyze', path: recording.path, useCache: false } })),
    },
    ...(kept.length === 0
      ? []
      : [{ label: t('montage.make'), onSelect: () => openMontage(kept.toSorted((a, b) => a.start - b.start)) }]),
    { label: t('recording.menu.rename'), onSelect: () => setOpen('rename') },
    ...(app?.capabilities.revealInFolder === true
      ? [{ label: t('recording.menu.reveal'), onSelect: () => does.mutate(() => client.recordings.reveal({ id })) }]
      : []),
    null,
    { label: t('recording.menu.remove'), danger: true, onSelect: () => setOpen('remove') },
    ...(app?.capabilities.trash === true
      ? [
          {
            label: t('recording.menu.trash'),
            danger: true,
            onSelect: () => does.mutate(async () => leave(await client.recordings.trash({ ids: [id] }))),
          },
        ]
      : []),
  ]
  return (
    <>
      <Menu items={items}>
        <IconButton label={t('common.more')} variant="secondary">
          <Ellipsis size={17} />
        </IconButton>
      </Menu>
      <RenameDialog
        recording={recording}
        open={open === 'rename'}
        onOpenChange={(is) => setOpen(is ? 'rename' : null)}
      />
      <Dialog
        open={open === 'remove'}
        onOpenChange={(is) => setOpen(is ? 'remove' : null)}
        title={t('recording.removing.title')}
        description={t('recording.removing.text')}
        footer={
          <>
            <Button onClick={() => setOpen(null)}>{t('common.cancel')}</Button>
            <Button
              variant="danger"
              onClick={() => does.mutate(async () => leave(await client.recordings.remove({ ids: [id] })))}
            >
              {t('recording.menu.remove')}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </>
  )
}

interface RenameProps {
  readonly recording: RecordingSummary
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

function RenameDialog({ recording, open, onOpenChange }: RenameProps) {
  const { t } = useTranslation()
  const { client } = useApi()
  const tellProblem = useProblemToast()
  const [title, setTitle] = useState(recording.title)
  const [game, setGame] = useState(recording.game ?? '')
  const rename = useMutation({
    mutationFn: () =>
      client.recordings.rename({
        id: recording.id,
        title: title.trim(),
        game: game.trim() === '' ? null : game.trim(),
      }),
    onSuccess: () => onOpenChange(false),
    onError: tellProblem,
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('recording.menu.rename')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={title.trim() === ''} onClick={() => rename.mutate()}>
            {t('recording.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') rename.mutate()
        }}
      >
        <TextField label={t('recording.fields.title')} value={title} maxLength={300} onChange={setTitle} />
        <TextField label={t('recording.fields.game')} value={game} maxLength={200} onChange={setGame} />
        <button type="submit" className="sr-only" tabIndex={-1}>
          {t('recording.save')}
        </button>
      </form>
    </Dialog>
  )
}
