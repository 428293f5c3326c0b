import type { CaptionStyleName } from '../../../src-shared/contract/captions.ts'
import type { Shape } from './safe-areas.ts'

/** How captions look and are cut into pieces. Sizes are parts of the frame's height, colours are RRGGBB. */
export interface CaptionStyle {
  readonly font: 'display' | 'text'
  /** Height of an em. */
  readonly size: Readonly<Record<Shape, number>>
  readonly upperCase: boolean
  readonly colour: string
  /** Of the word that is being spoken; null: all words look the same. */
  readonly spoken: string | null
  readonly outline: { readonly colour: string; readonly width: number }
  /** Distance of a soft shadow; 0 for none. */
  readonly shadow: number
  /** The outline's colour fills a box behind each line. */
  readonly box: boolean
  /** How far up the middle of the captions stands in the safe area: 0 its lower edge, 0.5 its middle. */
  readonly place: Readonly<Record<Shape, number>>
  readonly maxLines: number
  /** Wider frames than are read at a glance do not give longer lines. */
  readonly maxCharacters: number
  readonly maxWords: number
  /** Characters a second that people read without haste. */
  readonly readingSpeed: number
  readonly shortestSeconds: number
  readonly longestSeconds: number
  /** A pause inside the speech that ends a caption. */
  readonly pauseSeconds: number
}

const white = 'FFFFFF'
const nearlyBlack = '101014'

/** Two lines of 42 characters and 17 to 20 a second are what broadcasters and streaming services ask for. */
const lines = {
  maxLines: 2,
  maxCharacters: 42,
  maxWords: 16,
  readingSpeed: 20,
  shortestSeconds: 0.8,
  longestSeconds: 6,
  pauseSeconds: 0.9,
} as const
const atTheBottom: Readonly<Record<Shape, number>> = { landscape: 0, vertical: 0, square: 0 }

export const styleTable = {
  clean: {
    font: 'text',
    size: { landscape: 0.05, vertical: 0.03, square: 0.045 },
    upperCase: false,
    colour: white,
    spoken: null,
    outline: { colour: nearlyBlack, width: 0.003 },
    shadow: 0.0015,
    box: false,
    place: atTheBottom,
    ...lines,
  },
  karaoke: {
    font: 'display',
    size: { landscape: 0.058, vertical: 0.036, square: 0.052 },
    upperCase: false,
    colour: white,
    spoken: 'FFD60A',
    outline: { colour: nearlyBlack, width: 0.0045 },
    shadow: 0.002,
    box: false,
    place: { landscape: 0, vertical: 0.12, square: 0.04 },
    ...lines,
    maxCharacters: 30,
    maxWords: 8,
  },
  boxed: {
    font: 'text',
    size: { landscape: 0.046, vertical: 0.028, square: 0.042 },
    upperCase: false,
    colour: white,
    spoken: null,
    outline: { colour: nearlyBlack, width: 0.006 },
    shadow: 0,
    box: true,
    place: atTheBottom,
    ...lines,
  },
  big: {
    font: 'display',
    size: { landscape: 0.095, vertical: 0.055, square: 0.085 },
    upperCase: true,
    colour: white,
    spoken: '39FF6A',
    outline: { colour: nearlyBlack, width: 0.006 },
    shadow: 0.003,
    box: false,
    place: { landscape: 0.08, vertical: 0.25, square: 0.12 },
    maxLines: 2,
    maxCharacters: 16,
    maxWords: 3,
    readingSpeed: 25,
    shortestSeconds: 0.25,
    longestSeconds: 2.5,
    pauseSeconds: 0.4,
  },
} as const satisfies Record<CaptionStyleName, CaptionStyle>
