import { writeFile } from 'node:fs/promises'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { captionFilter } from '../../../src-shared/domain/captions-filter.ts'

/**
 * The filter that draws a plan's overlay, which `writeOverlay` puts at `scratch`; null where there is none. libass
 * knows the document by its content, whatever the file is called.
 */
export function overlayFilter(plan: Pick<RenderPlan, 'video'>, scratch: string, fonts: string | null): string | null {
  return overlayOf(plan) === null ? null : captionFilter(scratch, fonts, process.platform)
}

export async function writeOverlay(plan: Pick<RenderPlan, 'video'>, scratch: string): Promise<void> {
  const text = overlayOf(plan)
  if (text !== null) await writeFile(scratch, text)
}

function overlayOf({ video }: Pick<RenderPlan, 'video'>): string | null {
  return video.action === 'encode' ? (video.picture?.overlay ?? null) : null
}
