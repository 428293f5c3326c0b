import { writeFile } from 'node:fs/promises'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { captionFilter } from '../../../src-shared/domain/captions-filter.ts'

/**
 * Puts a plan's overlay into a file at `scratch` and returns the filter that draws it; null where there is none. libass
 * knows the document by its content, whatever the file is called.
 */
export async function writeOverlay(
  { video }: Pick<RenderPlan, 'video'>,
  scratch: string,
  fonts: string | null,
): Promise<string | null> {
  const text = video.action === 'encode' ? (video.picture?.overlay ?? null) : null
  if (text === null) return null
  await writeFile(scratch, text)
  return captionFilter(scratch, fonts, process.platform)
}
