import { stageNames, type JobProgress, type StageName } from '../../src-shared/contract/job.ts'

/** Wall seconds that a stage takes for one second of recording; for `import` and `probe`, for any recording. */
export type StageRates = Partial<Readonly<Record<StageName, number>>>

/** Before anything was measured: a two-core machine, 1080p60, five clips an hour. */
export const defaultRates: Readonly<Record<StageName, number>> = {
  import: 0.2,
  probe: 0.2,
  analyse: 1 / 100,
  score: 1 / 2000,
  chat: 1 / 2000,
  markers: 1 / 20000,
  select: 1 / 20000,
  render: 1 / 100,
  montage: 1 / 2,
}

/** Their time does not grow with the recording. */
const constant: ReadonlySet<StageName> = new Set(['import', 'probe'])

/** Length taken for granted until the probe says it. */
const ASSUMED_SECONDS = 1800

/** Share of a new measurement in a learned rate, and in a shown remaining time. */
const [LEARN, SMOOTH] = [0.3, 0.25] as const

export interface ProgressTracker {
  readonly stage: StageName
  begin(stage: StageName): void
  update(fraction: number): void
  /** `ran` false: taken from its checkpoint, so nothing is to be learned from it. */
  end(ran: boolean): void
  wait(what: string | null): void
  setDuration(seconds: number | null): void
  readonly snapshot: () => JobProgress
  /** Wall seconds of each stage that ran, waiting not counted. */
  timings(): Partial<Record<StageName, number>>
  /** `rates` with what was measured here mixed in. */
  learned(): StageRates
}

interface StageState {
  fraction: number
  ended: boolean
  ran: boolean
  workMs: number
}

/**
 * Progress of one run of a job. The overall fraction weighs each stage by the time it should take (learned rates x
 * length) and never falls; the remaining time is measured where the stage has got somewhere, learned where it has
 * not, and smoothed. `monotonic` in milliseconds.
 */
export function trackProgress(
  stages: readonly StageName[],
  rates: StageRates,
  monotonic: () => number,
): ProgressTracker {
  const states = new Map<StageName, StageState>(
    stages.map((name) => [name, { fraction: 0, ended: false, ran: false, workMs: 0 }]),
  )
  let stage: StageName = stages[0] ?? 'import'
  let duration: number | null = null
  let waitingFor: string | null = null
  let workingSince: number | null = null
  let shownFraction = 0
  let shown: { stage: StageName; stageEta: number | null; eta: number | null; at: number } | null = null

  const state = (name: StageName): StageState => {
    const found = states.get(name)
    if (found === undefined) throw new RangeError(`stage ${name} is not part of this job`)
    return found
  }
  const expected = (name: StageName): number => {
    const rate = rates[name] ?? defaultRates[name]
    return Math.max(1e-3, constant.has(name) ? rate : rate * (duration ?? ASSUMED_SECONDS))
  }
  const clockWork = (): void => {
    const now = monotonic()
    if (workingSince !== null) state(stage).workMs += now - workingSince
    workingSince = waitingFor === null && !state(stage).ended ? now : null
  }
  /** Seconds that `name` still needs; measured speed counts more the further it has got. */
  const remaining = (name: StageName): number => {
    const { fraction, ended, workMs } = state(name)
    if (ended) return 0
    const learned = expected(name) * (1 - fraction)
    if (fraction < 0.01) return learned
    const measured = (workMs / 1000 / fraction) * (1 - fraction)
    const trust = Math.min(1, fraction / 0.2)
    return trust * measured + (1 - trust) * learned
  }
  const smooth = (raw: number, before: number | null | undefined, elapsed: number): number =>
    before === null || before === undefined
      ? raw
      : Math.max(0, (1 - SMOOTH) * Math.max(0, before - elapsed) + SMOOTH * raw)

  return {
    get stage() {
      return stage
    },
    begin(name) {
      clockWork()
      stage = name
      workingSince = monotonic()
    },
    update(fraction) {
      const current = state(stage)
      if (Number.isFinite(fraction)) current.fraction = Math.min(1, Math.max(current.fraction, fraction))
    },
    end(ran) {
      clockWork()
      Object.assign(state(stage), { fraction: 1, ended: true, ran })
      workingSince = null
    },
    wait(what) {
      clockWork()
      waitingFor = what
      clockWork()
    },
    setDuration(seconds) {
      duration = seconds
    },
    snapshot() {
      clockWork()
      const now = monotonic()
      const total = stages.reduce((sum, name) => sum + expected(name), 0)
      const done = stages.reduce((sum, name) => sum + expected(name) * state(name).fraction, 0)
      shownFraction = Math.min(1, Math.max(shownFraction, done / total))
      const rest = stages.reduce((sum, name) => sum + remaining(name), 0)
      const elapsed = shown === null ? 0 : (now - shown.at) / 1000
      // While it waits nobody knows for how long; before the length is known, it is anybody's guess.
      const known = waitingFor === null && duration !== null
      const before = shown?.stage === stage ? shown.stageEta : null
      const stageEta = waitingFor === null ? smooth(remaining(stage), before, elapsed) : null
      const eta = known ? Math.max(stageEta ?? 0, smooth(rest, shown?.eta, elapsed)) : null
      shown = { stage, stageEta, eta, at: now }
      return {
        stage,
        stageFraction: state(stage).fraction,
        stageEtaSeconds: stageEta,
        fraction: shownFraction,
        etaSeconds: eta,
        waitingFor,
      }
    },
    timings() {
      clockWork()
      return Object.fromEntries(
        stageNames.flatMap((name) => {
          const found = states.get(name)
          return found?.ran ? [[name, found.workMs / 1000] as const] : []
        }),
      )
    },
    learned() {
      const seconds = duration
      const entries = stageNames.flatMap((name) => {
        const known = rates[name]
        const found = states.get(name)
        const per = constant.has(name) ? 1 : seconds
        if (!found?.ran || per === null || per <= 0) return known === undefined ? [] : [[name, known] as const]
        const measured = found.workMs / 1000 / per
        return [[name, known === undefined ? measured : (1 - LEARN) * known + LEARN * measured] as const]
      })
      return Object.fromEntries(entries)
    },
  }
}
