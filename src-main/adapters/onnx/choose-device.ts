import { createHash } from 'node:crypto'
import { verdictSchema, type DeviceRow, type Verdict } from '../../../src-shared/contract/model.ts'
import type { DeviceUse, ExecutionProvider } from '../../../src-shared/contract/segment.ts'
import { checkProvider, referenceRun, type CheckedModel, type Reference } from './check-provider.ts'
import type { InferenceClientDeps } from './client.ts'
import { decideDevice, type DeviceWish } from './decide-device.ts'
import { gpuProviders, providerLabels } from './providers.ts'

/** Remembers verdicts between runs. Values are plain JSON; what cannot be read counts as absent. */
export interface VerdictStore {
  get(key: string): unknown
  set(key: string, verdict: Verdict): void
}

export interface ChooseDeviceDeps extends InferenceClientDeps {
  verdicts: VerdictStore
  /** Versions of the graphics drivers and of the runtime: a verdict holds only for these. */
  machine(): Promise<string>
  platform: NodeJS.Platform
  arch: string
  now(): number
  timeLimitMs?: number
}

/** A crash or a time-out may have had a passing cause (another program held the GPU), so it is tried again some day. */
const failureLifeMs = 7 * 24 * 3600 * 1000

/** Decides where `model` runs, checking providers that have no verdict yet. `cpu` costs nothing. */
export async function chooseDevice(
  deps: ChooseDeviceDeps,
  wish: DeviceWish,
  model: CheckedModel,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<DeviceUse> {
  if (wish === 'cpu') return decideDevice('cpu', 0, [])
  const available = gpuProviders(deps.platform, deps.arch)
  const wanted = wish === 'auto' ? available : available.filter((p) => p === wish)
  if (wanted.length === 0 && wish !== 'auto') return decideDevice(wish, 0, [unavailable(wish, deps.now())])
  const { cpu, verdicts } = await judge(deps, wanted, model, options)
  return decideDevice(wish, cpu.milliseconds ?? 0, verdicts)
}

/** `doctor`'s table: the CPU and every GPU provider of this system, for one model. */
export async function describeDevices(
  deps: ChooseDeviceDeps,
  model: CheckedModel & { id: string },
  options: { signal?: AbortSignal | undefined } = {},
): Promise<DeviceRow[]> {
  const { cpu, verdicts } = await judge(deps, gpuProviders(deps.platform, deps.arch), model, options)
  const { used } = decideDevice('auto', cpu.milliseconds ?? 0, verdicts)
  return [cpu, ...verdicts].map((verdict) => ({ ...verdict, model: model.id, chosen: verdict.provider === used }))
}

async function judge(
  deps: ChooseDeviceDeps,
  providers: readonly ExecutionProvider[],
  model: CheckedModel,
  { signal }: { signal?: AbortSignal | undefined },
): Promise<{ cpu: Verdict; verdicts: Verdict[] }> {
  const machine = await deps.machine()
  const keyOf = (provider: ExecutionProvider): string => verdictKey(provider, machine, model)
  const options = { signal, ...(deps.timeLimitMs === undefined ? {} : { timeLimitMs: deps.timeLimitMs }) }
  let reference: Reference | undefined
  const referenced = async (): Promise<Reference> => (reference ??= await referenceRun(deps, model, options))

  const verdictOf = async (provider: ExecutionProvider, check: () => Promise<Verdict>): Promise<Verdict> => {
    const known = verdictSchema.safeParse(deps.verdicts.get(keyOf(provider)))
    if (known.success && known.data.provider === provider && isFresh(known.data, deps.now())) return known.data
    const verdict = await check()
    deps.verdicts.set(keyOf(provider), verdict)
    return verdict
  }
  const cpu = await verdictOf('cpu', async () => ({
    provider: 'cpu',
    status: 'ok',
    milliseconds: (await referenced()).milliseconds,
    maxError: 0,
    reason: null,
    checkedAt: deps.now(),
  }))
  const verdicts: Verdict[] = []
  // One after the other: two that run at once would disturb each other's times.
  for (const provider of providers) {
    const check = async (): Promise<Verdict> =>
      checkProvider(deps, provider, model, await referenced(), deps.now(), options)
    verdicts.push(await verdictOf(provider, check))
  }
  return { cpu, verdicts }
}

/** The same model (by content) on the same machine with the same drivers has the same verdict. */
export function verdictKey(provider: ExecutionProvider, machine: string, model: CheckedModel): string {
  const parts = JSON.stringify([provider, machine, model.sha256, model.threads])
  return createHash('sha256').update(parts).digest('hex')
}

function isFresh(verdict: Verdict, now: number): boolean {
  const age = now - verdict.checkedAt
  return verdict.status === 'ok' || verdict.status === 'wrong' || (age >= 0 && age < failureLifeMs)
}

function unavailable(provider: ExecutionProvider, now: number): Verdict {
  const reason = `${providerLabels[provider]} is not available on this system.`
  return { provider, status: 'unavailable', milliseconds: null, maxError: null, reason, checkedAt: now }
}
