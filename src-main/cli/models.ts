import { listModels as readModels } from '../adapters/onnx/models.ts'
import { programFolders } from '../engine/program-folders.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions } from './program.ts'
import { formatTable } from './table.ts'
import { dataFolderOf } from './with-engine.ts'

export async function listModels(options: CommonOptions): Promise<void> {
  const models = await readModels({ program: programFolders().models, data: dataFolderOf(options) })
  if (options.json) return printJson({ version: 1, models })
  const rows = models.map((model) => [
    model.id,
    model.version,
    model.installed ? 'yes' : 'no',
    model.size === null ? '' : `${(model.size / 1e6).toFixed(1)} MB`,
    model.licence,
    model.problem === null ? model.purpose : `${model.purpose} (${model.problem})`,
  ])
  printText(formatTable(['Model', 'Version', 'Installed', 'Size', 'Licence', 'What for'], rows))
}
