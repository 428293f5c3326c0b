import type { Job, JobProgress } from '../../src-shared/contract/job.ts'

interface Terminal {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

export interface ProgressLine {
  show(name: string, progress: JobProgress): void
  /** Takes the line away, so that what follows starts clean. */
  clear(): void
}

const STAGE_TEXT = {
  import: 'reading',
  probe: 'looking inside',
  analyse: 'listening and looking',
  score: 'scoring',
  chat: 'reading the chat',
  markers: 'reading the markers',
  select: 'choosing',
  render: 'cutting',
  montage: 'putting clips together',
} satisfies Record<NonNullable<Job['progress']>['stage'], string>

const BAR_WIDTH = 24
const REPAINT_MS = 100

/**
 * One line on a terminal, repainted in place at most ten times a second; nothing where stderr is not a terminal
 * (a log file would fill with half-lines).
 */
export function createProgressLine(terminal: Terminal, now: () => number = Date.now): ProgressLine {
  let shown = false
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    show(name, progress) {
      if (terminal.isTTY !== true || now() - lastAt < REPAINT_MS) return
      lastAt = now()
      shown = true
      terminal.write(`\r\u001b[K${formatProgress(name, progress, (terminal.columns ?? 0) || 80)}`)
    },
    clear() {
      if (shown) terminal.write('\r\u001b[K')
      shown = false
      lastAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** `match.mkv ███████░░░░  32 %  listening and looking, 1:20 left`, never wider than `columns`. */
export function formatProgress(name: string, progress: JobProgress, columns: number): string {
  const filled = Math.round(progress.fraction * BAR_WIDTH)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
  const percent = `${Math.floor(progress.fraction * 100)} %`.padStart(5)
  const doing = progress.waitingFor === null ? STAGE_TEXT[progress.stage] : `waiting: ${progress.waitingFor}`
  const eta = progress.etaSeconds === null ? '' : `, ${formatEta(progress.etaSeconds)} left`
  const right = `${bar} ${percent}  ${doing}${eta}`
  const room = columns - 1 - right.length - 1
  if (room < 4) return right.slice(0, Math.max(0, columns - 1))
  const label = name.length <= room ? name : `${name.slice(0, room - 1)}…`
  return `${label} ${right}`
}

function formatEta(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`
  return `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, '0')} h`
}
