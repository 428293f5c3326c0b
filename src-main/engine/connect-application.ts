import type { PrivacyItem } from '../../src-shared/contract/app.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { platforms, presets } from '../../src-shared/domain/preset.ts'
import { listModels, type ModelFolders } from '../adapters/onnx/models.ts'
import type { FurtherAreas } from './connect-api.ts'

export interface ConnectApplicationOptions {
  models: ModelFolders
}

const connecting = (): never => {
  throw new ClutchcutError('internal', 'This part of the engine is being connected.')
}

/** The areas of the contract that only applications ask for. */
export function connectApplication(options: ConnectApplicationOptions): Omit<FurtherAreas, 'media' | 'files'> {
  return {
    timeline: {
      curves: connecting,
      markers: connecting,
      transcript: connecting,
      importCaptions: connecting,
      forgetCaptions: connecting,
    },
    recordingFiles: { remove: connecting, trash: connecting, relink: connecting, reveal: connecting },
    exports: { render: connecting, list: connecting, reveal: connecting, trash: connecting, handOff: connecting },
    detection: { preview: connecting },
    devices: { report: connecting },
    models: { list: () => listModels(options.models) },
    presets: { list: () => Object.values(presets) },
    platforms: { list: () => Object.values(platforms) },
    storage: { report: connecting, clean: connecting },
    setup: { suggestions: connecting, demo: connecting },
    privacy: { report: (): PrivacyItem[] => connecting() },
    app: { info: connecting },
  }
}
