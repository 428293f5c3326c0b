import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { MontageKind } from '../../../src-shared/contract/montage.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { Slider } from '../../components/slider.tsx'
import { Switch } from '../../components/switch.tsx'
import { TextField } from '../../components/text-field.tsx'
import { ToggleGroup } from '../../components/toggle-group.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { FolderField } from '../exports/folder-field.tsx'
import { ClipOrder } from './clip-order.tsx'
import {
  choiceOf,
  estimatedSeconds,
  MOST_CLIPS,
  montageOf,
  problemOf,
  rememberedLook,
  rememberLook,
  type MontageChoice,
} from './montage-choice.ts'
import { MusicField } from './music-field.tsx'
import type { MontageWish } from './open-montage.ts'

const shapes = {
  landscape: ['landscape'],
  vertical: ['vertical'],
  both: ['landscape', 'vertical'],
} as const satisfies Record<string, readonly MontageKind[]>

/** How several clips become one file. Enter begins. */
export function MontageDialog({ wish, onClose }: { wish: MontageWish; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { client, queries } = useApi()
  const navigate = useNavigate()
  const tellProblem = useProblemToast()
  const { data: settings } = useQuery(queries.settings.get.queryOptions())
  const [choice, setChoice] = useState<MontageChoice>(() => choiceOf(wish, rememberedLook()))
  const change = (part: Partial<MontageChoice>): void => setChoice((now) => ({ ...now, ...part }))
  const make = useMutation({
    mutationFn: () =>
      client.exports.montage({
        montage: montageOf(choice),
        ...(choice.folder !== null && { outputFolder: choice.folder }),
      }),
    onSuccess() {
      rememberLook(choice)
      const said = t('montage.queued')
      announce(said)
      toast(said, { action: { label: t('exporting.show'), onClick: () => void navigate({ to: '/jobs' }) } })
      onClose()
    },
    onError: tellProblem,
  })
  const problem = problemOf(choice)
  const { entries, fade, cards, kinds } = choice
  const shape = kinds.length > 1 ? 'both' : (kinds[0] ?? 'landscape')
  const go = (): void => {
    if (problem === null && !make.isPending) make.mutate()
  }
  function goByKey(event: KeyboardEvent): void {
    const on = event.target
    // A dialog over this one has its own Enter; buttons are pressed.
    const own = !(on instanceof Element) || on.closest('button, a') !== null || !event.currentTarget.contains(on)
    if (event.key !== 'Enter' || own) return
    event.preventDefault()
    go()
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('montage.title')}
      footer={
        <>
          <p className="figures mr-auto self-center text-sm text-soft" role="status">
            {t('montage.length', { count: entries.length, time: format.duration(estimatedSeconds(choice)) })}
          </p>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={problem !== null || make.isPending} onClick={go}>
            {t('montage.go')}
            <span className="hidden sm:inline" aria-hidden="true">
              <Kbd keys="Enter" tone="ember" />
            </span>
          </Button>
        </>
      }
    >
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2" onKeyDown={goByKey} role="presentation">
        <div className="flex min-w-0 flex-col gap-2">
          <p className="text-sm font-medium">{t('montage.order')}</p>
          <ClipOrder entries={entries} onChange={(next) => change({ entries: next })} cards={cards > 0} />
          <p className="text-xs text-faint">{t('montage.orderHint')}</p>
          {problem !== null && (
            <p className="text-sm text-bad">{t(`montage.problems.${problem}`, { most: MOST_CLIPS })}</p>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <TextField
            label={t('montage.name')}
            value={choice.title}
            maxLength={200}
            placeholder={t('exported.montage')}
            onChange={(title) => change({ title })}
          />
          <div>
            <p className="mb-1.5 text-sm font-medium">{t('montage.shape')}</p>
            <ToggleGroup
              label={t('montage.shape')}
              value={shape}
              onChange={(next) => change({ kinds: [...shapes[next]] })}
              options={[
                { value: 'landscape', label: '16:9' },
                { value: 'vertical', label: '9:16' },
                { value: 'both', label: t('montage.both') },
              ]}
            />
          </div>
          <div>
            <p className="mb-1.5 text-sm font-medium">{t('montage.transition')}</p>
            <ToggleGroup
              label={t('montage.transition')}
              value={fade > 0 ? 'fade' : 'cut'}
              onChange={(next) => change({ fade: next === 'cut' ? 0 : 0.5 })}
              options={[
                { value: 'cut', label: t('montage.cut') },
                { value: 'fade', label: t('montage.fade') },
              ]}
            />
          </div>
          {fade > 0 && (
            <Slider
              label={t('montage.fadeLength')}
              min={0.1}
              max={3}
              step={0.1}
              value={fade}
              shown={t('montage.seconds', { seconds: format.number(fade) })}
              onChange={(next) => change({ fade: Math.round(next * 10) / 10 })}
            />
          )}
          <Switch
            label={t('montage.cards')}
            hint={t('montage.cardsHint')}
            checked={cards > 0}
            onChange={(on) => change({ cards: on ? 2 : 0 })}
          />
          {cards > 0 && (
            <Slider
              label={t('montage.cardLength')}
              min={0.5}
              max={6}
              step={0.5}
              value={cards}
              shown={t('montage.seconds', { seconds: format.number(cards) })}
              onChange={(next) => change({ cards: next })}
            />
          )}
          <MusicField value={choice.music} onChange={(music) => change({ music })} />
          <Switch
            label={t('montage.chapters')}
            checked={choice.chapters}
            onChange={(chapters) => change({ chapters })}
          />
          <FolderField
            label={t('exporting.folder')}
            value={choice.folder}
            usual={settings?.outputFolder ?? t('exporting.usualFolder')}
            onChange={(folder) => change({ folder })}
          />
        </div>
      </div>
    </Dialog>
  )
}
