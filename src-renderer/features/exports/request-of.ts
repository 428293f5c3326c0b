import type { ApiClient } from '../../api-client.ts'
import type { ExportChoice } from './choice.ts'

type RenderRequest = Parameters<ApiClient['exports']['render']>[0]

/** Shapes in which the picture has to be laid out anew. */
export const isUpright = (kind: ExportChoice['kinds'][number]): boolean => kind !== 'landscape'

/** What the engine is asked for. What is as it would be anyway is left out. Pure. */
export function requestOf(clipIds: readonly number[], choice: ExportChoice): RenderRequest {
  const { kinds, layout, platform, cut, captions, captionFile, captionStyle, subtitles, folder } = choice
  const plainSound = choice.normalise && choice.duckMusic && !choice.muteMic
  return {
    clipIds: [...clipIds],
    options: {
      renderKinds: [...kinds],
      cut,
      platform,
      ...(kinds.some(isUpright) && { layout }),
      ...(folder !== null && { outputFolder: folder }),
      ...(captions !== 'off' && {
        captions: { path: captions === 'file' ? captionFile : null, style: captionStyle, subtitles: [...subtitles] },
      }),
      ...(!plainSound && {
        sound: {
          normalise: choice.normalise,
          duckMusic: choice.duckMusic,
          muted: choice.muteMic ? (['mic'] as const).slice() : [],
        },
      }),
    },
  }
}
