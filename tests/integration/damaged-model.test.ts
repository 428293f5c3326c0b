import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { createInference } from '../../src-main/engine/inference.ts'
import { makeSignals, noPictures } from '../helpers/make-signals.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-damaged')

it('a damaged model does not keep the program from scoring, and is not passed over in silence', async () => {
  const models = join(root, 'models')
  mkdirSync(join(models, 'highlights'), { recursive: true })
  writeFileSync(join(models, 'highlights', 'model.onnx'), 'x')
  writeFileSync(join(models, 'highlights', 'model.json'), '{}')
  const library = openLibrary(join(root, 'data'))
  const inference = await createInference({
    host: createNodeHostServices(),
    guard: { track: () => () => {} },
    library,
    platform: process.platform,
    env: process.env,
    modelsFolder: models,
  })
  try {
    const input = { signals: makeSignals(60, []), mel: [], pictures: noPictures, roles: [] }
    const { model, device } = await inference.scorer.score(input, { device: 'auto' })
    expect(model.id).toBe('signals')
    expect(device.fallbackReason).toMatch(/model\.json .*signals instead/)
  } finally {
    await inference.close()
    library.close()
  }
})
