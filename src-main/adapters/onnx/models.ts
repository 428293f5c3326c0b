import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { readModelFile } from './read-model-file.ts'
import {
  bundledModelSchema,
  modelManifestSchema,
  type BundledModel,
  type ModelManifest,
  type ModelRow,
} from '../../../src-shared/contract/model.ts'

export interface ModelFolders {
  /** `models/` of the program. */
  program: string
  /** The library's data folder: fetched models lie in `models/<id>/<version>/`. */
  data: string
}

export interface HighlightsModel extends BundledModel {
  readonly path: string
}

/** The highlights model that is part of the program; undefined where there is none. Throws `model/invalid`. */
export async function findHighlightsModel(program: string): Promise<HighlightsModel | undefined> {
  const path = join(program, 'highlights', 'model.onnx')
  if ((await sizeOf(path)) === undefined) return undefined
  const card = join(program, 'highlights', 'model.json')
  const parsed = bundledModelSchema.safeParse(await readJson(card))
  if (!parsed.success)
    throw new ClutchcutError('model/invalid', `${card} does not describe a model. Install Clutchcut again.`)
  return { ...parsed.data, path }
}

/**
 * The model that `doctor` checks devices with where no highlights model is installed: of its kind, but untrained
 * (`tools/make-probe-model.ts` writes it).
 */
export async function findProbeModel(program: string): Promise<{ id: string; path: string; sha256: string }> {
  const path = join(program, 'probe', 'model.onnx')
  return { id: 'probe', path, sha256: (await readModelFile(path)).sha256 }
}

/** Throws `model/invalid` where the manifest cannot be used. */
export async function readModelManifest(program: string): Promise<ModelManifest> {
  const path = join(program, 'manifest.json')
  const parsed = modelManifestSchema.safeParse(await readJson(path))
  if (!parsed.success) throw new ClutchcutError('model/invalid', `${path} cannot be read. Install Clutchcut again.`)
  return parsed.data
}

/**
 * Everything that can score or transcribe, for `models list`: what is built in, what came with the program, and what
 * can be fetched. Sizes are compared, checksums are not (`models verify` reads every byte).
 */
export async function listModels(folders: ModelFolders): Promise<ModelRow[]> {
  const { models } = await readModelManifest(folders.program)
  const fetched = models.map(async (model): Promise<ModelRow> => {
    const path = join(folders.data, 'models', model.id, model.version, model.file)
    const size = await sizeOf(path)
    const problem = size === undefined || size === model.size ? null : `The file has ${size} bytes, not ${model.size}.`
    const { id, version, purpose, licence } = model
    return {
      id,
      version,
      purpose,
      kind: 'fetched',
      installed: size === model.size,
      size: model.size,
      path,
      licence,
      problem,
    }
  })
  return [builtIn, await highlightsRow(folders.program), ...(await Promise.all(fetched))]
}

const builtIn: ModelRow = {
  id: 'signals',
  version: '1.0.0',
  purpose: 'finds highlights: a weighted sum of the signals',
  kind: 'built-in',
  installed: true,
  size: null,
  path: null,
  licence: 'MIT',
  problem: null,
}

async function highlightsRow(program: string): Promise<ModelRow> {
  const row = {
    id: 'highlights',
    purpose: 'finds highlights: a trained network',
    kind: 'bundled',
    licence: 'MIT',
  } as const
  const path = join(program, 'highlights', 'model.onnx')
  const size = (await sizeOf(path)) ?? null
  try {
    const model = await findHighlightsModel(program)
    if (!model) return { ...row, version: '-', installed: false, size, path: null, problem: null }
    const problem = size === model.size ? null : `The file has ${size} bytes, not ${model.size}.`
    return { ...row, version: model.version, licence: model.licence, installed: problem === null, size, path, problem }
  } catch (error) {
    return { ...row, version: '-', installed: false, size, path, problem: (error as Error).message }
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (s) => (s.isFile() ? s.size : undefined),
    () => undefined,
  )
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}
