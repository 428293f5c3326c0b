import type { EngineEvent } from '../../src-shared/contract/events.ts'
import type { FromEngine, ShellSettings, Work } from '../../src-shared/contract/shell-messages.ts'
import type { Settings } from '../../src-shared/contract/settings.ts'

interface ReportDeps {
  events(signal: AbortSignal): AsyncIterable<EngineEvent>
  settings(): Settings
  tell(message: FromEngine): void
}

/** Tells the desktop's shell what of the engine's events the system is to see, until `signal` aborts. */
export async function reportWork({ events, settings, tell }: ReportDeps, signal: AbortSignal): Promise<void> {
  const running = new Map<number, number | null>()
  let told = ''
  const tellSettings = (): void => {
    const { startAtLogin, notifications, language } = settings()
    tell({ kind: 'settings', settings: { startAtLogin, notifications, language } satisfies ShellSettings })
  }
  tellSettings()
  for await (const event of events(signal)) {
    if (event.kind === 'notice') tell({ kind: 'notice', notice: event.notice })
    if (event.kind === 'settings-changed' || event.kind === 'missed') tellSettings()
    // Some may have ended meanwhile; those that run say so again with their next step.
    if (event.kind === 'missed') running.clear()
    if (event.kind !== 'job-changed') continue
    const { id, state, progress } = event.job
    if (state === 'running') running.set(id, progress?.fraction ?? null)
    else running.delete(id)
    const work = workOf([...running.values()])
    // Hundredths: a bar shows no more, and each message wakes the shell.
    const now = `${work.running} ${work.fraction === null ? '' : Math.floor(work.fraction * 100)}`
    if (now !== told) tell({ kind: 'work', work })
    told = now
  }
}

/** All jobs count the same; null as long as none of them knows how far it is. Pure. */
export function workOf(fractions: readonly (number | null)[]): Work {
  const known = fractions.some((fraction) => fraction !== null)
  const sum = fractions.reduce<number>((total, fraction) => total + (fraction ?? 0), 0)
  return { running: fractions.length, fraction: known ? sum / fractions.length : null }
}
