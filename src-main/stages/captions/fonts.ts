/** A font of resources/fonts. */
export interface CaptionFont {
  /** As libass finds it. */
  readonly family: string
  readonly file: string
  /**
   * Size of its em as a part of what ASS calls the font's size, which is its Windows ascent and descent together:
   * so fonts of one em stand beside each other. A test reads both from the file.
   */
  readonly em: number
}

export const captionFonts = {
  display: { family: 'Rubik ExtraBold', file: 'Rubik_800ExtraBold.ttf', em: 1000 / 1532 },
  text: { family: 'Noto Sans', file: 'NotoSans_700Bold.ttf', em: 1000 / 1519 },
  hebrew: { family: 'Noto Sans Hebrew', file: 'NotoSansHebrew_700Bold.ttf', em: 1000 / 1360 },
  arabic: { family: 'Noto Sans Arabic', file: 'NotoSansArabic_700Bold.ttf', em: 1000 / 2169 },
  cjk: { family: 'Droid Sans Fallback', file: 'DroidSansFallback_400Regular.ttf', em: 256 / 335 },
  thai: { family: 'Noto Sans Thai', file: 'NotoSansThai_700Bold.ttf', em: 1000 / 1511 },
  devanagari: { family: 'Noto Sans Devanagari', file: 'NotoSansDevanagari_700Bold.ttf', em: 1000 / 1906 },
  emoji: { family: 'Noto Emoji', file: 'NotoEmoji_700Bold.ttf', em: 2048 / 2400 },
} as const satisfies Record<string, CaptionFont>

/**
 * Which font shows a text: one of ours, or whatever the system has for the script. Its em is not known; systems' fonts
 * have between 0.6 and 1.
 */
export type CaptionFontName = keyof typeof captionFonts | 'system'
const systemEm = 0.85

/** Size of a font's em as a part of what ASS calls its size. */
export const emOf = (name: CaptionFontName): number => (name === 'system' ? systemEm : captionFonts[name].em)

const emoji = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\d#*]\ufe0f?\u20e3|\p{RI}\p{RI})/u
/** Chinese, Japanese and Korean, with their punctuation; what was added to Unicode after its first plane is not there. */
const cjk = /^[\u2e80-\u2eff\u3000-\u33ff\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee]/u
/** Letters that none of our fonts has. */
const notBundled =
  /[^\P{L}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Thai}\p{sc=Devanagari}\p{sc=Common}\p{sc=Inherited}]/u
/** Rubik has neither Greek nor the letters of Vietnamese. */
const notInDisplay = /[\p{sc=Greek}\u1e00-\u1eff]/u

export const isEmoji = (grapheme: string): boolean => emoji.test(grapheme)

/** Equal for letters of a word that one font shows: pictures and CJK have fonts without other letters. */
export const fontGroup = (grapheme: string): 'emoji' | 'cjk' | 'letters' =>
  isEmoji(grapheme) ? 'emoji' : cjk.test(grapheme) ? 'cjk' : 'letters'

/**
 * What of emoji can be drawn in one colour, which is all that libass does: no tones of skin, and the number of a keycap
 * without its key. What several make together (families, flags) is drawn as its parts.
 */
export function drawnEmoji(text: string): string {
  return text.replace(/\p{Emoji_Modifier}/gu, '').replace(/\ufe0f?\u20e3/gu, '')
}

/**
 * Which of our fonts shows a part of a word. libass would look for other scripts among the system's fonts only, never
 * in a folder it was given, so each part names its font; what none of ours has is left to the system.
 */
export function fontFor(text: string, base: 'display' | 'text'): CaptionFontName {
  const group = fontGroup(text)
  if (group !== 'letters') return group
  if (notBundled.test(text)) return 'system'
  if (/\p{sc=Arabic}/u.test(text)) return 'arabic'
  if (/\p{sc=Thai}/u.test(text)) return 'thai'
  if (/\p{sc=Devanagari}/u.test(text)) return 'devanagari'
  if (/\p{sc=Hebrew}/u.test(text)) return base === 'display' ? 'display' : 'hebrew'
  return notInDisplay.test(text) ? 'text' : base
}
