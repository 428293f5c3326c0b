import type { Clip } from '../src-shared/contract/clip.ts'
import { inOurWords } from './i18n/engine-words.ts'

/** Whether somebody gave it its title; otherwise that says where the clip lies. */
export const isNamed = ({ title }: Pick<Clip, 'title'>): boolean => title !== '' && !/^at [\d:]+$/.test(title)

/** A clip's title; where nobody gave it one, the heaviest reason says more. */
export function labelOf(clip: Pick<Clip, 'title' | 'reasons'>): string {
  return isNamed(clip) ? clip.title : inOurWords(clip.reasons[0]?.text ?? clip.title)
}
