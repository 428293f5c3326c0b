import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { release } from 'node:os'
import { join } from 'node:path'

/** What is looked at; replaced in tests. Both give an empty string instead of failing. */
export interface MachineProbe {
  read(path: string): Promise<string>
  list(folder: string): Promise<readonly string[]>
  run(command: string, args: readonly string[]): Promise<string>
}

/** Display adapters' class in Windows' registry; each adapter's key has a DriverVersion. */
const displayClass = String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}`
const vulkanFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d']
const vulkanVariables = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES']

/**
 * A text that changes when ONNX Runtime or a graphics driver does, per system: macOS ships its drivers with the
 * system; Windows names the driver's version in the registry; on Linux it is the kernel, NVIDIA's module, and the
 * Vulkan drivers' manifests.
 */
export async function machineVersions(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv = process.env,
  probe: MachineProbe = systemProbe,
  system = release(),
): Promise<string> {
  const common = [`onnxruntime ${runtimeVersion()}`, `${platform} ${system}`]
  if (platform === 'win32') {
    const output = await probe.run('reg', ['query', displayClass, '/s', '/v', 'DriverVersion'])
    return [...common, ...parseDriverVersions(output)].join('; ')
  }
  if (platform === 'darwin') return common.join('; ')
  const nvidia = (await probe.read('/proc/driver/nvidia/version')).split('\n')[0]!.trim()
  const manifests: string[] = []
  for (const folder of vulkanFolders) {
    for (const name of [...(await probe.list(folder))].sort()) {
      manifests.push(`${name} ${(await probe.read(join(folder, name))).replaceAll(/\s+/g, '')}`)
    }
  }
  const chosen = vulkanVariables.flatMap((name) => (env[name] ? [`${name}=${env[name]}`] : []))
  return [...common, nvidia, ...manifests, ...chosen].filter((part) => part !== '').join('; ')
}

/** `    DriverVersion    REG_SZ    31.0.15.3623`, once for each adapter. */
export function parseDriverVersions(output: string): string[] {
  return [...output.matchAll(/^\s*DriverVersion\s+REG_SZ\s+(\S+)\s*$/gm)].map((match) => `driver ${match[1]!}`).sort()
}

function runtimeVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('onnxruntime-node/package.json')
  return String((manifest as { version?: unknown }).version)
}

const systemProbe: MachineProbe = {
  read: (path) => readFile(path, 'utf8').catch(() => ''),
  list: (folder) => readdir(folder).catch(() => []),
  run: (command, args) =>
    new Promise((resolve) => {
      execFile(command, [...args], { timeout: 3000, windowsHide: true }, (error, stdout) =>
        resolve(error ? '' : stdout),
      )
    }),
}
