import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppInfo, HostKind, RecorderFolder } from '../../src-shared/contract/app.ts'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { DesktopServices } from '../../src-shared/contract/host-services.ts'
import { platforms, presets } from '../../src-shared/domain/preset.ts'
import { privacyItems } from '../../src-shared/domain/privacy.ts'
import type { findTools } from '../adapters/ffmpeg/tools.ts'
import { statFile } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { readObsOutputFolder } from '../adapters/obs/read-output-folder.ts'
import { listModels } from '../adapters/onnx/models.ts'
import { findRecorders } from '../adapters/recorders/find-recorders.ts'
import { countRecordings, thisMachine } from '../adapters/recorders/look-around.ts'
import type { ApiDeps } from '../api/deps.ts'
import type { Inference } from './inference.ts'
import type { ProgramFolders } from './program-folders.ts'

export interface ConnectMachineOptions {
  library: Library
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  home: string
  folders: ProgramFolders
  desktop: DesktopServices
  hostKind: HostKind
  inference: Pick<Inference, 'devices'>
  tools: () => ReturnType<typeof findTools>
  /** Of this start of the engine; see events. */
  run: string
}

type Machine = Pick<ApiDeps, 'devices' | 'models' | 'presets' | 'platforms' | 'setup' | 'privacy' | 'app'>

/** What there is on this machine, and what this program is. */
export function connectMachine(options: ConnectMachineOptions): Machine {
  const { library, platform, env, home, folders, desktop, inference } = options

  async function info(): Promise<AppInfo> {
    const manifest = JSON.parse(readFileSync(join(folders.root, 'package.json'), 'utf8')) as { version: string }
    const found = await options.tools().then(
      ({ version, ffmpeg }) => ({ found: true, version, path: ffmpeg, problem: null }),
      (thrown: unknown) => ({ found: false, version: null, path: null, problem: toClutchcutError(thrown).message }),
    )
    return {
      name: 'Clutchcut',
      version: manifest.version,
      platform,
      arch: process.arch,
      host: options.hostKind,
      capabilities: {
        revealInFolder: desktop.revealInFolder !== undefined,
        copyFile: desktop.copyFile !== undefined,
        trash: desktop.trash !== undefined,
        openExternal: desktop.openExternal !== undefined,
        nativeDialogs: desktop.nativeDialogs ?? false,
        tray: desktop.tray ?? false,
      },
      dataFolder: library.folder.root,
      ffmpeg: found,
      run: options.run,
    }
  }

  async function suggestions(): Promise<RecorderFolder[]> {
    const places = await findRecorders(thisMachine(platform, env, home), readObsOutputFolder)
    const looked = places.map(async (place): Promise<RecorderFolder | null> => {
      const found = await countRecordings(place.folder)
      return found && { ...place, ...found }
    })
    return (await Promise.all(looked)).filter((place) => place !== null)
  }

  return {
    devices: {
      report({ refresh }, signal) {
        if (refresh) library.deviceVerdicts.clear()
        return inference.devices(signal)
      },
    },
    models: { list: () => listModels({ program: folders.models, data: library.folder.root }) },
    presets: { list: () => Object.values(presets) },
    platforms: { list: () => Object.values(platforms) },
    setup: {
      suggestions,
      async demo() {
        const path = join(folders.resources, 'demo', 'openarena-match.mp4')
        return { path: (await statFile(path)) === null ? null : path }
      },
    },
    privacy: { report: () => privacyItems(library.settings.get()) },
    app: { info },
  }
}
