import type { CaptionStyleName } from '../../src-shared/contract/captions.ts'

interface Look {
  readonly font: 'Caption Display' | 'Caption Text'
  readonly upperCase: boolean
  /** Of the word that is being spoken; null: all words look the same. */
  readonly spoken: string | null
  readonly box: boolean
  /** Size of an em beside that of the plainest style. */
  readonly scale: number
}

/** How the styles look, for samples. A unit test holds them to what is rendered. */
export const styleLooks: Readonly<Record<CaptionStyleName, Look>> = {
  clean: { font: 'Caption Text', upperCase: false, spoken: null, box: false, scale: 1 },
  karaoke: { font: 'Caption Display', upperCase: false, spoken: '#FFD60A', box: false, scale: 1.16 },
  boxed: { font: 'Caption Text', upperCase: false, spoken: null, box: true, scale: 0.92 },
  big: { font: 'Caption Display', upperCase: true, spoken: '#39FF6A', box: false, scale: 1.9 },
}

export const styleNames = Object.keys(styleLooks) as CaptionStyleName[]
