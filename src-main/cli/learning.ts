import type { ClipState } from '../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { LearningReport } from '../../src-shared/contract/learning.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions } from './program.ts'
import { formatTable } from './table.ts'
import { withEngine } from './with-engine.ts'

export async function showLearning(options: CommonOptions): Promise<void> {
  await withEngine(options, ({ api }) => printReport(api.learning.report(), options))
}

export async function resetLearning(options: CommonOptions): Promise<void> {
  await withEngine(options, ({ api }) => {
    const report = api.learning.reset()
    if (options.json) printJson({ version: 1, learning: report })
    else printText('Forgotten. The model alone decides again; clips stay as they are.')
  })
}

export async function switchLearning(learning: boolean, options: CommonOptions): Promise<void> {
  await withEngine(options, ({ api }) => {
    api.settings.change({ learning })
    printReport(api.learning.report(), options)
  })
}

const states = { keep: 'kept', discard: 'rejected', undecide: 'candidate' } as const satisfies Record<string, ClipState>

/** All of them or none: a number that is wrong is said before any clip is changed. */
export async function decideClips(
  decision: keyof typeof states,
  ids: readonly number[],
  options: CommonOptions,
): Promise<void> {
  await withEngine(options, ({ api, library }) => {
    for (const id of ids) {
      if (library.clips.get(id) !== undefined) continue
      throw new ClutchcutError('library/not-found', `There is no clip ${id}. "clutchcut library show" lists them.`)
    }
    const clips = ids.flatMap((id) => api.clips.update(id, { state: states[decision] }) ?? [])
    if (options.json) return printJson({ version: 1, clips })
    for (const clip of clips) printText(`Clip ${clip.id}: ${clip.state}.`)
  })
}

function printReport(report: LearningReport, options: CommonOptions): void {
  if (options.json) return printJson({ version: 1, learning: report })
  const { counts, waiting, model, parameters } = report
  printText(
    `${counts.kept} kept, ${counts.discarded} discarded and ${counts.trimmed} trimmed clips of ${counts.recordings} ` +
      `recordings, for ${model.id} ${model.version}.`,
  )
  if (waiting > 0) {
    printText(`${waiting} more wait: they count once their recordings are analysed again with this model.`)
  }
  printText(`\n${report.why}`)
  if (parameters.length > 0) {
    const rows = parameters.map(({ name, value, text }) => [name, value.toFixed(2), text])
    printText(`\n${formatTable(['What', 'Weight', 'In words'], rows)}`)
  }
  if (report.enabled) printText(report.whyPadding)
}
