import { createHash } from 'node:crypto'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { cannedInput, cannedSlots } from '../../src-main/adapters/onnx/canned-input.ts'
import { chooseDevice, describeDevices, type ChooseDeviceDeps } from '../../src-main/adapters/onnx/choose-device.ts'
import { InferenceClient } from '../../src-main/adapters/onnx/client.ts'
import { findProbeModel } from '../../src-main/adapters/onnx/models.ts'
import { createOnnxScorer } from '../../src-main/adapters/onnx/onnx-scorer.ts'
import type { SessionSpec } from '../../src-main/adapters/onnx/messages.ts'
import type { HostProcess } from '../../src-shared/contract/host-services.ts'
import type { ScoreInput } from '../../src-shared/domain/score.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import type { Behaviour } from '../fixtures/infer-misbehaving.ts'
import { bump, makeSignals, noPictures } from '../helpers/make-signals.ts'
import { tinyHighlightsModel } from '../helpers/tiny-model.ts'

let folder: string
let spec: SessionSpec
const clients: InferenceClient[] = []
const forked: HostProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clutchcut-infer-'))
  const model = tinyHighlightsModel()
  const modelPath = join(folder, 'model.onnx')
  await writeFile(modelPath, model)
  spec = { modelPath, sha256: createHash('sha256').update(model).digest('hex'), provider: 'cpu', threads: 2 }
})
afterEach(() => {
  for (const client of clients.splice(0)) void client.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Forks the real inference process, or the one whose providers misbehave. */
function forker(behaviours?: Partial<Record<string, Behaviour>>, once = ''): () => HostProcess {
  const path = behaviours ? '../fixtures/infer-misbehaving.ts' : '../../src-main/infer.ts'
  const env = { ...process.env, MISBEHAVE: JSON.stringify(behaviours ?? {}), MISBEHAVE_ONCE: once }
  const host = createNodeHostServices({ entryPath: () => fileURLToPath(new URL(path, import.meta.url)), env })
  return () => {
    const child = host.fork('infer')
    forked.push(child)
    return child
  }
}

function clientOf(
  fork: () => HostProcess,
  options?: ConstructorParameters<typeof InferenceClient>[1],
): InferenceClient {
  const client = new InferenceClient({ fork }, options)
  clients.push(client)
  return client
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

async function isGone(pid: number | undefined, withinMs = 30_000): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    try {
      process.kill(pid!, 0)
    } catch {
      return true
    }
    // An orphan that ended stays a zombie where the first process of a container does not collect it.
    if (process.platform === 'linux' && /^State:\s+Z/m.test(statusOf(pid!))) return true
    await sleep(50)
  }
  return false
}

describe('the inference process', () => {
  test('loads a model, runs it, and gives the same bytes in every process', async () => {
    const run = async (): Promise<Uint8Array> => {
      const client = clientOf(forker())
      const { inputs } = await client.call({ kind: 'load', session: spec })
      expect(inputs.map((i) => [i.name, i.type, i.shape])).toEqual([
        ['mel', 'uint8', [1, 'slots', 25, 40]],
        ['signals', 'float32', [1, 'slots', 20]],
        ['mask', 'float32', [1, 'slots', 4]],
      ])
      const feeds = cannedInput(inputs)
      const { outputs } = await client.call({ kind: 'run', session: spec, feeds })
      const logits = outputs['logits']!
      expect(logits.dims).toEqual([1, cannedSlots])
      const mel = feeds['mel']!.data as Uint8Array
      const mean = mel.subarray(0, 1000).reduce((a, b) => a + b, 0) / 1000
      expect(logits.data[0]).toBeCloseTo((mean * 2) / 255 - 1 + Number(feeds['signals']!.data[0]), 4)
      return new Uint8Array((logits.data as Float32Array).slice().buffer)
    }
    expect(await run()).toEqual(await run())
  })

  test('says what it is', async () => {
    const info = await clientOf(forker()).call({ kind: 'info' })
    expect(info.runtimeVersion).toMatch(/^\d+\.\d+\.\d+$/)
    expect(info.providers).toContain('cpu')
  })

  test('a crash costs one retry in a fresh process', async () => {
    const fork = forker({ cpu: 'crash-once' }, join(folder, 'crashed'))
    const before = forked.length
    const client = clientOf(fork)
    const { inputs } = await client.call({ kind: 'load', session: spec })
    const { outputs } = await client.call({ kind: 'run', session: spec, feeds: cannedInput(inputs) })
    expect(outputs['logits']!.data).toHaveLength(cannedSlots)
    expect(existsSync(join(folder, 'crashed'))).toBe(true)
    expect(forked.length - before).toBe(2)
  })

  test('a second crash is a failure, and the next request is served again', async () => {
    const before = forked.length
    const client = clientOf(forker({ cuda: 'crash' }))
    const { inputs } = await client.call({ kind: 'load', session: spec })
    const feeds = cannedInput(inputs)
    const failing = client.call({ kind: 'run', session: { ...spec, provider: 'cuda' }, feeds })
    await expect(failing).rejects.toMatchObject({ code: 'inference/failed', data: { crashed: true } })
    expect(forked.length - before).toBe(2)
    await expect(client.call({ kind: 'run', session: spec, feeds })).resolves.toBeDefined()
  })

  test('a model that hangs is ended after the time limit', async () => {
    const client = clientOf(forker({ cpu: 'hang' }), { timeoutMs: 1500 })
    const { inputs } = await client.call({ kind: 'load', session: spec })
    const hanging = client.call({ kind: 'run', session: spec, feeds: cannedInput(inputs) })
    await expect(hanging).rejects.toMatchObject({ code: 'inference/failed', data: { timeout: true } })
    expect(await isGone(forked.at(-1)!.pid)).toBe(true)
  })

  test('an abort ends what runs, and only that', async () => {
    const client = clientOf(forker({ cuda: 'hang' }))
    const { inputs } = await client.call({ kind: 'load', session: spec })
    const feeds = cannedInput(inputs)
    const controller = new AbortController()
    const hanging = client.call(
      { kind: 'run', session: { ...spec, provider: 'cuda' }, feeds },
      { signal: controller.signal },
    )
    const waiting = client.call({ kind: 'run', session: spec, feeds })
    const pid = forked.at(-1)!.pid
    setTimeout(() => controller.abort(), 200)
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' })
    await expect(waiting).resolves.toBeDefined()
    expect(await isGone(pid)).toBe(true)
  })

  test('ends when idle, and starts again', async () => {
    const client = clientOf(forker(), { idleMs: 100 })
    await client.call({ kind: 'info' })
    expect(await isGone(forked.at(-1)!.pid)).toBe(true)
    await expect(client.call({ kind: 'info' })).resolves.toBeDefined()
  })

  test('refuses after close, too many requests and too large ones', async () => {
    const client = clientOf(forker(), { maxWaiting: 1 })
    const first = client.call({ kind: 'info' })
    await expect(client.call({ kind: 'info' })).rejects.toMatchObject({ code: 'inference/failed' })
    await first
    const huge = { x: { type: 'uint8' as const, dims: [65 * 1024 * 1024], data: new Uint8Array(65 * 1024 * 1024) } }
    await expect(client.call({ kind: 'run', session: spec, feeds: huge })).rejects.toThrow(/too large/)
    void client.close()
    await expect(client.call({ kind: 'info' })).rejects.toThrow(/closed/)
  })

  test('dies with its parent, even while a model hangs', async () => {
    const parent = fork(
      fileURLToPath(new URL('../fixtures/infer-parent.ts', import.meta.url)),
      [JSON.stringify(spec)],
      {
        execArgv: [],
        env: { ...process.env, MISBEHAVE: JSON.stringify({ cpu: 'hang' }) },
      },
    )
    const [pid] = (await once(parent, 'message')) as [number]
    // Long enough for the request to reach the model.
    await sleep(1500)
    parent.kill('SIGKILL')
    expect(await isGone(pid)).toBe(true)
  })

  test.each([
    ['is text', Buffer.from('this is no model')],
    ['is cut short', Buffer.from(tinyHighlightsModel().subarray(0, 300))],
    ['is empty', Buffer.alloc(0)],
  ])('refuses a model that %s', async (_what, bytes) => {
    const modelPath = join(folder, 'broken.onnx')
    await writeFile(modelPath, bytes)
    const loading = clientOf(forker()).call({ kind: 'load', session: { ...spec, modelPath, sha256: null } })
    await expect(loading).rejects.toMatchObject({ code: 'model/invalid' })
  })

  test('refuses a model that is missing, a folder, changed, or huge (before reading it)', async () => {
    const client = clientOf(forker())
    const load = (change: Partial<SessionSpec>): Promise<unknown> =>
      client.call({ kind: 'load', session: { ...spec, ...change } })
    await expect(load({ modelPath: join(folder, 'none.onnx') })).rejects.toMatchObject({ code: 'model/missing' })
    await expect(load({ modelPath: folder })).rejects.toThrow(/cannot be (used|opened)/)
    await expect(load({ sha256: '0'.repeat(64) })).rejects.toThrow(/checksum/)
    const modelPath = join(folder, 'huge.onnx')
    await writeFile(modelPath, '')
    await truncate(modelPath, 3 * 1024 * 1024 * 1024)
    await expect(load({ modelPath, sha256: null })).rejects.toThrow(/larger than 1024 MiB/)
  })
})

/** A Linux machine with WebGPU and CUDA, and a store that remembers. */
function machineOf(fork: () => HostProcess): ChooseDeviceDeps {
  const known = new Map<string, unknown>()
  return {
    fork,
    verdicts: { get: (key) => known.get(key), set: (key, verdict) => void known.set(key, verdict) },
    machine: async () => 'driver 1',
    platform: 'linux',
    arch: 'x64',
    now: () => 1_000_000,
    timeLimitMs: 5000,
  }
}

describe('choosing a device', () => {
  const machine = (behaviours: Partial<Record<string, Behaviour>>): ChooseDeviceDeps => machineOf(forker(behaviours))

  test('the CPU needs no check', async () => {
    const before = forked.length
    expect(await chooseDevice(machine({}), 'cpu', spec)).toEqual({ used: 'cpu', fallbackReason: null })
    expect(forked.length).toBe(before)
  })

  test('auto: a GPU that is slower than the CPU is not used, and it says so', async () => {
    const { used, fallbackReason } = await chooseDevice(machine({ webgpu: 'slow', cuda: 'refuse' }), 'auto', spec)
    expect(used).toBe('cpu')
    expect(fallbackReason).toMatch(/^The CPU is the fastest for this model: .*WebGPU 1\d\d ms/)
  })

  test('auto: the fastest correct one wins', async () => {
    const deps = machine({ cpu: 'slow', webgpu: 'ok', cuda: 'slow' })
    expect(await chooseDevice(deps, 'auto', spec)).toEqual({ used: 'webgpu', fallbackReason: null })
  })

  test('auto: wrong results, crashes and hangs never win, however fast', async () => {
    const wrong = await chooseDevice(machine({ cpu: 'slow', webgpu: 'wrong', cuda: 'crash' }), 'auto', spec)
    expect(wrong.used).toBe('cpu')
    expect(wrong.fallbackReason).toMatch(/WebGPU gives other results than the CPU \(off by 0\.0100?\)\. CUDA crashed\./)
    const hung = await chooseDevice(machine({ cpu: 'slow', webgpu: 'hang', cuda: 'nan' }), 'auto', spec)
    expect(hung.used).toBe('cpu')
    expect(hung.fallbackReason).toMatch(/WebGPU gave no result in time\. CUDA gives results that are not numbers/)
    expect(await isGone(forked.at(-2)!.pid)).toBe(true)
  })

  test('a device asked for by name is used if it is correct, else the CPU with the reason', async () => {
    expect(await chooseDevice(machine({ webgpu: 'slow' }), 'webgpu', spec)).toEqual({
      used: 'webgpu',
      fallbackReason: null,
    })
    const refused = await chooseDevice(machine({ cuda: 'refuse' }), 'cuda', spec)
    expect(refused).toEqual({
      used: 'cpu',
      fallbackReason:
        'CUDA could not start: Failed to get an adapter: no supported adapters. The CPU was used instead.',
    })
    const elsewhere = await chooseDevice(machine({}), 'coreml', spec)
    expect(elsewhere.fallbackReason).toBe('CoreML is not available on this system. The CPU was used instead.')
  })

  test('verdicts are kept until the driver or the model changes; a failure is tried again after a week', async () => {
    const deps = machine({ webgpu: 'crash-at-start', cuda: 'slow' })
    const first = await chooseDevice(deps, 'auto', spec)
    const before = forked.length
    expect(await chooseDevice(deps, 'auto', spec)).toEqual(first)
    expect(forked.length).toBe(before)
    await chooseDevice({ ...deps, machine: async () => 'driver 2' }, 'auto', spec)
    expect(forked.length - before).toBe(3)
    const later = forked.length
    await chooseDevice({ ...deps, now: () => 1_000_000 + 8 * 24 * 3600 * 1000 }, 'auto', spec)
    // The reference and the provider that crashed; the one that was only slow keeps its verdict.
    expect(forked.length - later).toBe(2)
  })

  test('verdicts that cannot be read count as absent', async () => {
    const deps = machine({ webgpu: 'refuse', cuda: 'refuse' })
    const store = { ...deps, verdicts: { get: () => ({ status: 'fine' }), set: () => {} } }
    expect((await chooseDevice(store, 'auto', spec)).used).toBe('cpu')
  })

  test('an abort stops the checks', async () => {
    const deps = machine({ webgpu: 'hang', cuda: 'hang' })
    const signal = AbortSignal.timeout(1200)
    await expect(chooseDevice({ ...deps, timeLimitMs: 60_000 }, 'auto', spec, { signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    expect(await isGone(forked.at(-1)!.pid)).toBe(true)
  })

  test("doctor's table has a row for each provider of the system", async () => {
    const rows = await describeDevices(machine({ webgpu: 'slow', cuda: 'wrong' }), { ...spec, id: 'highlights' })
    expect(rows.map((row) => [row.provider, row.status, row.chosen])).toEqual([
      ['cpu', 'ok', true],
      ['webgpu', 'ok', false],
      ['cuda', 'wrong', false],
    ])
    expect(rows.every((row) => row.model === 'highlights' && row.milliseconds !== null)).toBe(true)
    expect(rows[1]!.milliseconds).toBeGreaterThan(90)
    expect(rows[2]!.maxError).toBeCloseTo(0.01, 4)
  })

  test('the real providers of this machine end in a verdict', async () => {
    const deps = { ...machine({}), fork: forker(), timeLimitMs: 20_000 }
    const { used, fallbackReason } = await chooseDevice(deps, 'auto', spec)
    expect(used === 'cpu').toBe(fallbackReason !== null)
  })
})

describe('the onnx scorer in the real process', () => {
  const length = 1500
  const z = bump(700, 6)
  const input: ScoreInput = {
    signals: makeSignals(length, [
      { id: 'audio.rms', track: 0, z },
      { id: 'picture.luma', z: () => 0 },
      { id: 'packet.rate', z: () => 0 },
    ]),
    mel: [{ track: 0, read: async (_first, count) => new Uint8Array(count * 1000).fill(51) }],
    pictures: noPictures,
    roles: ['game'],
  }

  test('a moment stands out, and the bytes are the same twice', async () => {
    const score = async (): Promise<Float32Array> => {
      const client = clientOf(forker())
      const choose = async () => ({ used: 'cpu' as const, fallbackReason: null })
      const scorer = createOnnxScorer({ client, chooseDevice: choose }, { id: 'highlights', version: '1.0.0' }, spec)
      return (await scorer.score(input, { device: 'cpu' })).scores
    }
    const scores = await score()
    // mean(mel) / 255 = 0.2; game, picture and packets are there, the microphone is not.
    expect(scores[700]).toBeCloseTo(1 / (1 + Math.exp(-(2 * 0.2 - 1 + 0.75 * 6))), 4)
    expect(scores[0]).toBeCloseTo(1 / (1 + Math.exp(0.6)), 4)
    expect(await score()).toEqual(scores)
  })

  test('a model that sees is shown each slot its picture, and says more than a score', async () => {
    const modelPath = join(folder, 'sees.onnx')
    await writeFile(modelPath, tinyHighlightsModel({ withPictures: true }))
    const choose = async () => ({ used: 'cpu' as const, fallbackReason: null })
    const seeing = createOnnxScorer(
      { client: clientOf(forker()), chooseDevice: choose },
      { id: 'x', version: '1.0.0' },
      { ...spec, modelPath, sha256: null },
      ['kill', 'death'],
    )
    // A picture every three seconds, each brighter than the one before.
    const times = Array.from({ length: 200 }, (_, i) => ticksFromSeconds(3 * i + 1))
    const read = async (first: number, count: number): Promise<Uint8Array> =>
      Uint8Array.from({ length: count * 21_600 }, (_, i) => first + Math.floor(i / 21_600))
    const { scores, bounds, kinds } = await seeing.score({ ...input, pictures: { times, read } }, { device: 'cpu' })
    const expected = (slot: number, picture: number, age: number): void => {
      const sum = 0.4 - 1 + 0.75 * z(slot) + picture / 255 + age
      expect(scores[slot]).toBeCloseTo(1 / (1 + Math.exp(-sum)), 4)
      expect(bounds![2 * slot + 1]).toBeCloseTo(Math.max(0, age), 5)
    }
    expected(0, 0, 10.5)
    expected(1, 0, -0.25)
    expected(11, 1, 1.75)
    // In the second and the third chunk.
    expected(700, 116, 1.25)
    expected(1190, 198, 0.25)
    expect(bounds).toHaveLength(2 * length)
    expect(kinds!.names).toEqual(['kill', 'death'])
    expect([...kinds!.probabilities.subarray(1400, 1402)]).toEqual([0.75, 0])
  })

  test('a model of another shape is refused', async () => {
    const modelPath = join(folder, 'other.onnx')
    await writeFile(modelPath, tinyHighlightsModel({ signals: 7 }))
    const choose = async () => ({ used: 'cpu' as const, fallbackReason: null })
    const other = { ...spec, modelPath, sha256: null }
    const scorer = createOnnxScorer(
      { client: clientOf(forker()), chooseDevice: choose },
      { id: 'x', version: '1.0.0' },
      other,
    )
    await expect(scorer.score(input, { device: 'cpu' })).rejects.toMatchObject({ code: 'model/invalid' })
  })

  test('the probe model runs, and every device of this machine gets a verdict with it', async () => {
    const probe = await findProbeModel(fileURLToPath(new URL('../../models', import.meta.url)))
    const rows = await describeDevices(
      { ...machineOf(forker()), timeLimitMs: 20_000 },
      { id: probe.id, modelPath: probe.path, sha256: probe.sha256, threads: 2 },
    )
    expect(rows[0]).toMatchObject({ provider: 'cpu', status: 'ok', model: 'probe' })
    expect(rows.every((row) => (row.status === 'ok') === (row.reason === null))).toBe(true)
    expect(rows.filter((row) => row.chosen)).toHaveLength(1)
  })
})
