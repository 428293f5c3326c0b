import { useTranslation } from 'react-i18next'
import type { RenderKind } from '../../../src-shared/contract/clip.ts'
import { classNames } from '../../components/class-names.ts'

const shapes: readonly { readonly kind: RenderKind; readonly ratio: string }[] = [
  { kind: 'landscape', ratio: 'h-5 w-9' },
  { kind: 'vertical', ratio: 'h-9 w-5' },
  { kind: 'square', ratio: 'size-7' },
]

interface Props {
  readonly value: readonly RenderKind[]
  readonly onChange: (kinds: RenderKind[]) => void
}

/** One file of each clip for each shape that is ticked. */
export function ShapeField({ value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('exporting.shape')}</legend>
      <div className="grid grid-cols-3 gap-2">
        {shapes.map(({ kind, ratio }) => (
          <label
            key={kind}
            className="flex cursor-pointer flex-col items-center gap-2 rounded-md border border-line px-2 pt-3 pb-2 text-center text-sm hover:bg-hover has-checked:border-ember has-checked:bg-ember-wash has-focus-visible:outline-2 has-focus-visible:outline-ember-ink"
          >
            <input
              type="checkbox"
              checked={value.includes(kind)}
              onChange={({ currentTarget }) =>
                onChange(
                  shapes
                    .map((shape) => shape.kind)
                    .filter((each) => (each === kind ? currentTarget.checked : value.includes(each))),
                )
              }
              className="sr-only"
            />
            <span aria-hidden="true" className="grid h-10 place-items-center">
              <span
                className={classNames(
                  'rounded-[4px] border-2',
                  ratio,
                  value.includes(kind) ? 'border-ember bg-ember/25' : 'border-control',
                )}
              />
            </span>
            <span className="font-medium">{t(`exporting.shapes.${kind}`)}</span>
          </label>
        ))}
      </div>
      {value.length === 0 && <p className="mt-1.5 text-xs text-bad">{t('exporting.noShape')}</p>}
    </fieldset>
  )
}
