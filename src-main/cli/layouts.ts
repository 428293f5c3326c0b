import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { facecamSettingSchema, type FacecamSetting } from '../../src-shared/contract/facecam.ts'
import type { Region } from '../../src-shared/contract/layout.ts'
import { findRecording } from './library.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { readRegion } from './read-region.ts'
import { formatTable } from './table.ts'
import { withEngine } from './with-engine.ts'

interface GameOption extends CommonOptions {
  game?: string
}

/** What is set, or where the camera of one recording is. */
export async function showLayouts(
  wanted: string | undefined,
  options: CommonOptions,
  { signal }: ProgramContext,
): Promise<void> {
  await withEngine(options, async (engine) => {
    if (wanted === undefined) return print(engine.api.layouts.list(), options)
    const recording = findRecording(engine, wanted)
    const { facecam, note } = await engine.api.layouts.facecam(recording.id, signal)
    if (options.json) return printJson({ version: 1, recording: recording.id, facecam, note })
    if (facecam !== null) printText(inWords(facecam.region))
    printText(note)
  })
}

export async function setLayout(region: string | undefined, options: GameOption & { none?: boolean }): Promise<void> {
  if ((region === undefined) === (options.none !== true)) {
    throw new ClutchcutError('usage', 'Say where the camera is (x,y,width,height), or --none.')
  }
  const game = gameOf(options)
  const setting = { game, region: region === undefined ? null : readRegion(region) }
  await withEngine(options, ({ api }) => print(api.layouts.set(setting), options))
}

export async function forgetLayout(options: GameOption): Promise<void> {
  const game = gameOf(options)
  await withEngine(options, ({ api }) => print(api.layouts.forget(game), options))
}

function gameOf({ game = null }: { game?: string | null }): string | null {
  const read = facecamSettingSchema.shape.game.safeParse(game)
  if (read.success) return read.data
  throw new ClutchcutError('usage', 'The name of a game has 1 to 200 letters.')
}

function print(settings: readonly FacecamSetting[], options: CommonOptions): void {
  if (options.json) return printJson({ version: 1, layouts: settings })
  if (settings.length === 0) {
    return printText('Nothing is set: the camera is taken from OBS, or looked for in the picture.')
  }
  const rows = settings.map(({ game, region }) => [
    game ?? 'all others',
    region === null ? 'no camera' : inWords(region),
  ])
  printText(formatTable(['Game', 'Camera'], rows))
}

function inWords({ x, y, width, height }: Region): string {
  const [left, top, wide, high] = [x, y, width, height].map((share) => `${(100 * share).toFixed(1)} %`)
  return `${left} from the left, ${top} from the top, ${wide} wide, ${high} high`
}
