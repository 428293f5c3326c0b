import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { labelOf } from '../../clip-label.ts'
import { Thumbnail } from '../../components/thumbnail.tsx'
import { useFormat } from '../../i18n/use-format.ts'

interface Props {
  readonly clips: readonly StoredClip[]
  readonly left: ReadonlySet<number>
  /** Leaves one out, or takes it in again. */
  readonly onToggle: (id: number) => void
}

/** What is exported: the one clip, or a list to leave some out of. */
export function ClipPicker({ clips, left, onToggle }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { queries } = useApi()
  const [first] = clips
  const picture = useQuery({
    ...queries.stills.thumbnail.queryOptions({ input: { clipId: first?.id ?? 1, side: 320 } }),
    enabled: first !== undefined,
    retry: false,
  })
  const taken = clips.filter(({ id }) => !left.has(id))
  const seconds = taken.reduce((sum, { start, end }) => sum + secondsFromTicks(end - start), 0)
  return (
    <div className="flex items-start gap-3">
      <Thumbnail jpeg={picture.isError ? null : picture.data?.jpeg} alt="" className="w-28 shrink-0" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium">
          {clips.length === 1 && first !== undefined ? labelOf(first) : t('exporting.clips', { count: taken.length })}
        </p>
        <p className="figures text-sm text-soft">{format.duration(seconds)}</p>
        {clips.length > 1 && (
          <details className="mt-1 text-sm">
            <summary className="w-fit rounded-sm text-ember-ink hover:underline">{t('exporting.choose')}</summary>
            <ul className="mt-1.5 max-h-44 overflow-y-auto">
              {clips.map((clip) => (
                <li key={clip.id}>
                  <label className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-sm px-1.5 hover:bg-hover">
                    <input
                      type="checkbox"
                      checked={!left.has(clip.id)}
                      onChange={() => onToggle(clip.id)}
                      className="size-4 shrink-0 accent-(--ember)"
                    />
                    <span className="grow truncate">{labelOf(clip)}</span>
                    <span className="figures text-xs text-faint">
                      {format.duration(secondsFromTicks(clip.end - clip.start))}
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </div>
  )
}
