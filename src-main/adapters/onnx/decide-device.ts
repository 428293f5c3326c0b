import type { Verdict } from '../../../src-shared/contract/model.ts'
import type { DeviceUse, ExecutionProvider } from '../../../src-shared/contract/segment.ts'
import { providerLabels } from './providers.ts'

export type DeviceWish = ExecutionProvider | 'auto'

/** A GPU must beat the CPU by this much: noise in a short measurement must not move the work back and forth. */
const margin = 0.9

/**
 * Where to run, given what the checks found. `auto` takes the fastest correct provider; a provider asked for by name
 * is taken if it is correct, however slow. Anything else is the CPU, with the reason.
 */
export function decideDevice(wish: DeviceWish, cpuMilliseconds: number, verdicts: readonly Verdict[]): DeviceUse {
  if (wish === 'cpu') return { used: 'cpu', fallbackReason: null }
  if (wish !== 'auto') {
    const verdict = verdicts.find((v) => v.provider === wish)
    if (verdict?.status === 'ok') return { used: wish, fallbackReason: null }
    const why = verdict?.reason ?? `${providerLabels[wish]} is not part of this system.`
    return { used: 'cpu', fallbackReason: `${why} The CPU was used instead.` }
  }
  const correct = verdicts
    .filter((v) => v.status === 'ok' && v.milliseconds !== null)
    .toSorted((a, b) => a.milliseconds! - b.milliseconds!)
  const best = correct[0]
  if (best && best.milliseconds! < cpuMilliseconds * margin) return { used: best.provider, fallbackReason: null }
  if (best) {
    const [gpu, cpu] = [best.milliseconds!, cpuMilliseconds].map((ms) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`)
    return {
      used: 'cpu',
      fallbackReason: `The CPU is the fastest for this model: ${cpu} a minute of recording, ${providerLabels[best.provider]} ${gpu}.`,
    }
  }
  const reasons = verdicts.flatMap((v) => v.reason ?? [])
  return { used: 'cpu', fallbackReason: ['No GPU can be used.', ...reasons].join(' ') }
}
