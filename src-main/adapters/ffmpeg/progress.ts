import { ticksFromSeconds, type Ticks } from '../../../src-shared/domain/time.ts'

/** One report of `-progress`. */
export interface FfmpegProgress {
  /** End of what was written so far, in the output's time; null before the first packet. */
  readonly outTime: Ticks | null
  readonly frame: number
  /** Bytes written to all outputs that count them. */
  readonly totalSize: number
  /** Times realtime; null until FFmpeg knows. */
  readonly speed: number | null
  /** The last report of a run. */
  readonly end: boolean
}

/**
 * Reads FFmpeg's `-progress` stream: `key=value` lines, a report ends with `progress=continue` or `progress=end`.
 * Feed it text in any pieces; it returns the reports that these completed. Lines are bounded, unknown keys ignored.
 */
export function createProgressParser(): (text: string) => FfmpegProgress[] {
  let rest = ''
  let fields: Record<string, string> = {}
  return (text) => {
    const lines = (rest + text).split(/\r?\n/)
    rest = (lines.pop() ?? '').slice(-4096)
    const reports: FfmpegProgress[] = []
    for (const line of lines) {
      const at = line.indexOf('=')
      if (at <= 0) continue
      const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
      if (key !== 'progress') {
        fields[key] = value
        continue
      }
      reports.push(toProgress(fields, value === 'end'))
      fields = {}
    }
    return reports
  }
}

function toProgress(fields: Record<string, string>, end: boolean): FfmpegProgress {
  // `out_time_ms` is microseconds too (a bug that FFmpeg keeps for compatibility); N/A before the first packet.
  const microseconds = numberOf(fields['out_time_us'] ?? fields['out_time_ms'])
  return {
    outTime: microseconds === null ? null : ticksFromSeconds(microseconds / 1e6),
    frame: numberOf(fields['frame']) ?? 0,
    totalSize: numberOf(fields['total_size']) ?? 0,
    speed: numberOf(fields['speed']?.replace(/x$/, '')),
    end,
  }
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const value = Number(text)
  // Before anything was written, some versions print INT64_MIN instead of N/A.
  return Number.isFinite(value) && Math.abs(value) < 1e18 ? value : null
}
