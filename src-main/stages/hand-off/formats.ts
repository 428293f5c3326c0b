import { formatCsv } from './csv.ts'
import { formatEdl } from './edl.ts'
import { formatFcpxml } from './fcpxml.ts'
import { formatOtio } from './otio.ts'
import type { Timeline } from './timeline.ts'
import { formatXmeml } from './xmeml.ts'

/** By the names of `--format`. `captionsBeside`: they go into an .srt, as the format has no place for them. */
export const handOffFormats = {
  otio: { write: formatOtio, captionsBeside: true },
  fcpxml: { write: formatFcpxml, captionsBeside: false },
  premiere: { write: formatXmeml, captionsBeside: true },
  edl: { write: formatEdl, captionsBeside: true },
  csv: { write: formatCsv, captionsBeside: false },
} as const satisfies Record<string, { write: (timeline: Timeline) => string; captionsBeside: boolean }>

export type HandOffFormat = keyof typeof handOffFormats
