import { describe, expect, test } from 'vitest'
import { cannedInput, largestDifference } from '../../../../../src-main/adapters/onnx/canned-input.ts'
import { decideDevice } from '../../../../../src-main/adapters/onnx/decide-device.ts'
import {
  machineVersions,
  parseDriverVersions,
  type MachineProbe,
} from '../../../../../src-main/adapters/onnx/machine-versions.ts'
import { gpuProviders } from '../../../../../src-main/adapters/onnx/providers.ts'
import type { Verdict } from '../../../../../src-shared/contract/model.ts'

const verdict = (
  provider: Verdict['provider'],
  milliseconds: number | null,
  reason: string | null = null,
): Verdict => ({
  provider,
  status: reason === null ? 'ok' : 'failed',
  milliseconds,
  maxError: reason === null ? 0 : null,
  reason,
  checkedAt: 0,
})

describe('providers of each system', () => {
  test.each([
    ['win32', 'x64', ['webgpu', 'directml']],
    ['win32', 'arm64', ['webgpu', 'directml']],
    ['darwin', 'arm64', ['webgpu', 'coreml']],
    ['linux', 'x64', ['webgpu', 'cuda']],
    ['linux', 'arm64', ['webgpu']],
    ['freebsd', 'x64', []],
  ] as const)('%s %s', (platform, arch, expected) => expect(gpuProviders(platform, arch)).toEqual(expected))
})

describe('decideDevice', () => {
  test('auto takes the fastest correct provider', () => {
    const verdicts = [verdict('webgpu', 4), verdict('directml', 3), verdict('cuda', null, 'CUDA crashed.')]
    expect(decideDevice('auto', 10, verdicts)).toEqual({ used: 'directml', fallbackReason: null })
  })

  test('a GPU must beat the CPU by more than noise', () => {
    expect(decideDevice('auto', 10, [verdict('webgpu', 9.5)]).used).toBe('cpu')
    expect(decideDevice('auto', 10, [verdict('webgpu', 8.9)]).used).toBe('webgpu')
  })

  test('without a correct GPU the reasons are given, one sentence each', () => {
    const { used, fallbackReason } = decideDevice('auto', 1, [verdict('webgpu', null, 'WebGPU crashed.')])
    expect(used).toBe('cpu')
    expect(fallbackReason).toBe('No GPU can be used. WebGPU crashed.')
  })

  test('asking for the CPU explains nothing', () => {
    expect(decideDevice('cpu', 1, [])).toEqual({ used: 'cpu', fallbackReason: null })
  })

  test('a provider without a verdict is not trusted', () => {
    expect(decideDevice('cuda', 1, [verdict('webgpu', 0.1)]).used).toBe('cpu')
  })
})

describe('canned input', () => {
  const inputs = [
    { name: 'mel', type: 'uint8', shape: [1, 'slots', 25, 40] },
    { name: 'signals', type: 'float32', shape: [1, 'slots', 20] },
    { name: 'mask', type: 'float32', shape: [1, 'slots', 4] },
  ]

  test('is the same each time, varied, and of the shape asked for', () => {
    const { mel, signals, mask } = cannedInput(inputs)
    expect(cannedInput(inputs)).toEqual({ mel, signals, mask })
    expect(mel!.dims).toEqual([1, 120, 25, 40])
    expect(new Set(mel!.data as Uint8Array).size).toBe(256)
    expect(Math.max(...(signals!.data as Float32Array))).toBeGreaterThan(2.9)
    expect((mask!.data as Float32Array).every((value) => value === 1)).toBe(true)
  })

  test('refuses inputs that are no input of ours', () => {
    expect(() => cannedInput([{ name: 'x', type: 'float32', shape: [1e6, 1e6] }])).toThrow(/too large/)
    expect(() => cannedInput([{ name: 'x', type: 'string', shape: [1] }])).toThrow(/unknown type/)
  })

  test('differences: the largest, and Infinity for what cannot be compared', () => {
    const of = (...values: number[]) => ({
      logits: { type: 'float32' as const, dims: [values.length], data: Float32Array.from(values) },
    })
    expect(largestDifference(of(1, 2, 3), of(1, 2.5, 2.9))).toBeCloseTo(0.5)
    expect(largestDifference(of(1, 2), of(1, Number.NaN))).toBe(Infinity)
    expect(largestDifference(of(1, 2), of(1))).toBe(Infinity)
    expect(largestDifference(of(1), {})).toBe(Infinity)
  })
})

describe('versions that a verdict depends on', () => {
  const files: Record<string, string> = {
    '/proc/driver/nvidia/version': 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54\nGCC version',
    '/usr/share/vulkan/icd.d/radeon.json': '{ "ICD": { "api_version": "1.3.230" } }',
  }
  const probe: MachineProbe = {
    read: async (path) => files[path.replaceAll('\\', '/')] ?? '',
    list: async (folder) => (folder === '/usr/share/vulkan/icd.d' ? ['radeon.json'] : []),
    run: async () => '\r\n    DriverVersion    REG_SZ    31.0.15.3623\r\n\r\n    DriverVersion    REG_SZ    10.0.1\r\n',
  }

  test('linux: kernel, NVIDIA, Vulkan manifests and variables', async () => {
    const text = await machineVersions('linux', { VK_ICD_FILENAMES: '/x.json' }, probe, '6.1')
    expect(text).toMatch(
      /^onnxruntime \d+\.\d+\.\d+; linux 6\.1; NVRM version: .*550\.54; radeon\.json .*1\.3\.230.*; VK_ICD/,
    )
  })

  test('windows: the adapters’ drivers', async () => {
    expect(await machineVersions('win32', {}, probe, '10.0.22631')).toMatch(/driver 10\.0\.1; driver 31\.0\.15\.3623$/)
    expect(parseDriverVersions('ERROR: Access is denied.')).toEqual([])
  })

  test('macOS: the system’s version', async () => {
    expect(await machineVersions('darwin', {}, probe, '24.1.0')).toMatch(/; darwin 24\.1\.0$/)
  })

  test('this machine answers', async () => {
    expect(await machineVersions(process.platform)).toContain(process.platform)
  })
})
