import { useTranslation } from 'react-i18next'
import type { CaptionStyleName } from '../../src-shared/contract/captions.ts'
import { styleLooks } from './style-looks.ts'
import './caption-fonts.css'

const ink = '#101014'

/** A few words as this style sets them, over something dark as a game is. */
export function StyleSample({ style }: { style: CaptionStyleName }) {
  const { t } = useTranslation()
  const { font, upperCase, spoken, box, scale } = styleLooks[style]
  const words = t(upperCase ? 'captions.sampleShort' : 'captions.sample').split(' ')
  return (
    <span
      aria-hidden="true"
      className="grid h-20 w-full place-items-center overflow-hidden rounded-sm bg-[linear-gradient(160deg,#31405e,#5b3a4b_55%,#20242f)] px-2 text-center leading-tight text-white"
      style={{ fontFamily: `'${font}'`, fontSize: `${0.8125 * scale}rem` }}
    >
      <span
        style={{
          ...(box
            ? { background: ink, padding: '0.1em 0.4em' }
            : { WebkitTextStroke: `0.16em ${ink}`, paintOrder: 'stroke fill', textShadow: `0 0.06em 0.1em ${ink}` }),
          textTransform: upperCase ? 'uppercase' : 'none',
        }}
      >
        {words.map((word, at) => (
          <span key={word} style={at === 1 && spoken !== null ? { color: spoken } : {}}>
            {at > 0 && ' '}
            {word}
          </span>
        ))}
      </span>
    </span>
  )
}
