import type { PrivacyItem } from '../../src-shared/contract/app.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { EngineNews } from '../../src-shared/contract/events.ts'
import { platforms, presets } from '../../src-shared/domain/preset.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { listModels, type ModelFolders } from '../adapters/onnx/models.ts'
import type { FurtherAreas } from './connect-api.ts'
import { connectTimeline } from './connect-timeline.ts'

export interface ConnectApplicationOptions {
  library: Library
  emit: (news: EngineNews) => void
  models: ModelFolders
}

const connecting = (): never => {
  throw new ClutchcutError('internal', 'This part of the engine is being connected.')
}

/** The areas of the contract that only applications ask for. */
export function connectApplication(options: ConnectApplicationOptions): Omit<FurtherAreas, 'media' | 'files'> {
  return {
    timeline: connectTimeline(options.library, options.emit),
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
