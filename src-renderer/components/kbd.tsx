import { classNames } from './class-names.ts'

const tones = { plain: 'border border-line bg-page text-soft', ember: 'bg-on-ember/15' }

/** Keys to press, `Ctrl+K` as two of them; `tone`: what they stand on. */
export function Kbd({ keys, tone = 'plain' }: { keys: string; tone?: keyof typeof tones }) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans">
      {keys.split(/\+(?!$)/).map((key) => (
        <span
          key={key}
          className={classNames(
            'figures inline-grid h-5 min-w-5 place-items-center rounded-[5px] px-1 text-[0.6875rem] leading-none font-medium',
            tones[tone],
          )}
        >
          {key}
        </span>
      ))}
    </kbd>
  )
}
