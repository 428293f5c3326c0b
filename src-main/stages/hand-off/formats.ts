import type { handOffFormatIds } from '../../../src-shared/contract/exports.ts'
import { formatCsv } from './csv.ts'
import { formatEdl } from './edl.ts'
import { formatFcpxml } from './fcpxml.ts'
import { formatOtio } from './otio.ts'
import type { Timeline } from './timeline.ts'
import { formatXmeml } from './xmeml.ts'

/**
 * By the names of `--format`, with the ending of its files. `captionsBeside`: they go into an .srt, as the format has no
 * place for them.
 */
export const handOffFormats = {
  otio: { ending: 'otio', write: formatOtio, captionsBeside: true },
  fcpxml: { ending: 'fcpxml', write: formatFcpxml, captionsBeside: false },
  premiere: { ending: 'xml', write: formatXmeml, captionsBeside: true },
  edl: { ending: 'edl', write: formatEdl, captionsBeside: true },
  csv: { ending: 'csv', write: formatCsv, captionsBeside: false },
} as const satisfies Record<
  HandOffFormat,
  { ending: string; write: (timeline: Timeline) => string; captionsBeside: boolean }
>

export type HandOffFormat = (typeof handOffFormatIds)[number]
