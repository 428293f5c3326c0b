import type { ExecutionProvider } from '../../../src-shared/contract/segment.ts'

/**
 * GPU providers that `auto` tries, in the order of `doctor`'s table. onnxruntime-node bundles WebGPU for every system
 * (Direct3D 12, Metal, or Vulkan), DirectML for Windows and CoreML for macOS; CUDA for Linux x64 is a library that is
 * added to the package where somebody wants it.
 */
export function gpuProviders(platform: NodeJS.Platform, arch: string): readonly ExecutionProvider[] {
  switch (platform) {
    case 'win32':
      return ['webgpu', 'directml']
    case 'darwin':
      return ['webgpu', 'coreml']
    case 'linux':
      return arch === 'x64' ? ['webgpu', 'cuda'] : ['webgpu']
    default:
      return []
  }
}

export const providerLabels: Readonly<Record<ExecutionProvider, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  directml: 'DirectML',
  coreml: 'CoreML',
}
