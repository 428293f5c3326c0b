import type { Clip } from '../src-shared/contract/clip.ts'

/** A clip's title; where nobody gave it one (it says where the clip lies), the heaviest reason says more. */
export function labelOf({ title, reasons }: Pick<Clip, 'title' | 'reasons'>): string {
  const own = title !== '' && !/^at [\d:]+$/.test(title)
  return own ? title : (reasons[0]?.text ?? title)
}
