import { resolve } from 'node:path'
import type { RenderKind } from '../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import type { SubtitleFormat } from '../../src-shared/contract/render-options.ts'
import type { Settings } from '../../src-shared/contract/settings.ts'

/** Options of `process` that say what clips look like. */
export interface RenderOptions {
  preset?: RenderKind | 'both'
  layout?: JobSpec['layout']
  platform?: NonNullable<JobSpec['platform']>
  captions?: string
  captionStyle?: NonNullable<JobSpec['captions']>['style']
  /** False with `--no-burn`. */
  burn?: boolean
  subtitles?: SubtitleFormat[]
}

/** What a job is told of them. Throws `usage` for options that mean nothing together. */
export function renderSpecOf(
  { preset, layout = 'auto', platform, captions, captionStyle = null, burn = true, subtitles = [] }: RenderOptions,
  settings: Pick<Settings, 'renderKinds'>,
): Pick<JobSpec, 'renderKinds' | 'layout' | 'platform' | 'captions'> {
  if (captions === undefined && (captionStyle !== null || !burn || subtitles.length > 0)) {
    throw new ClutchcutError('usage', 'Captions come from a file: say which with --captions FILE.')
  }
  const renderKinds = kindsOf(preset) ?? settings.renderKinds
  if (layout !== 'auto' && renderKinds.every((kind) => kind === 'landscape')) {
    throw new ClutchcutError('usage', '--layout is for vertical and square clips: choose one with --preset.')
  }
  return {
    renderKinds,
    layout,
    platform: platform ?? null,
    captions:
      captions === undefined
        ? null
        : { path: resolve(captions), style: captionStyle, burnIn: burn, subtitles: [...new Set(subtitles)] },
  }
}

function kindsOf(preset: RenderOptions['preset']): RenderKind[] | undefined {
  if (preset === undefined) return undefined
  return preset === 'both' ? ['landscape', 'vertical'] : [preset]
}
