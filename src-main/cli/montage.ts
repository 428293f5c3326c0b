import { resolve } from 'node:path'
import type { z } from 'zod'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import {
  montageSchema,
  type Montage,
  type MontageClip,
  type MontageDocument,
  type MontageFile,
} from '../../src-shared/contract/montage.ts'
import { formatClock, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { findClip } from '../engine/hand-off.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { runSpec } from './run-spec.ts'
import { withEngine } from './with-engine.ts'

export interface MontageOptions extends CommonOptions {
  out?: string
  title?: string
  transition: string
  /** True: as long as cards usually are. */
  cards?: number | true
  music?: string
  musicGain?: number
  beats?: boolean
  duck: boolean
  chapters: boolean
  preset?: 'landscape' | 'vertical' | 'both'
}

export async function montageClips(ids: number[], options: MontageOptions, context: ProgramContext): Promise<void> {
  await withEngine(options, async (engine) => {
    const found = ids.map((id) => findClip(engine.library, id))
    const montage = montageOf(
      found.map(({ clip }) => clip),
      options,
    )
    const folder = options.out ?? engine.api.settings.get().outputFolder
    const outputFolder = folder === null ? null : resolve(folder)
    const spec = { kind: 'montage', path: found[0]!.recording.path, montage, outputFolder } as const
    const outcome = await runSpec(engine, spec, context.signal)
    if (outcome.kind === 'failed') throw outcome.error
    if (outcome.kind === 'needs-input') {
      throw new ClutchcutError('job/needs-input', outcome.message, { data: outcome.data })
    }
    printMontage(outcome.files, options)
  })
}

/** What the options ask for. Throws `usage` for options that mean nothing, or nothing together. */
export function montageOf(
  clips: readonly { readonly id: number; readonly title: string }[],
  {
    title = '',
    transition,
    cards,
    music,
    musicGain,
    beats = false,
    duck,
    chapters,
    preset = 'landscape',
  }: MontageOptions,
): Montage {
  if (music === undefined && (beats || musicGain !== undefined)) {
    throw new ClutchcutError('usage', '--beats and --music-gain are about music: say which with --music FILE.')
  }
  const card = cards === undefined ? null : { ...(cards !== true && { seconds: cards }) }
  const asked: z.input<typeof montageSchema> = {
    title,
    clips: clips.map((clip) => ({
      clipId: clip.id,
      transition: transitionOf(transition),
      card: card === null ? null : { title: clip.title.slice(0, 120) || `Clip ${clip.id}`, ...card },
    })),
    music:
      music === undefined
        ? null
        : { path: resolve(music), alignBeats: beats, duck, ...(musicGain !== undefined && { gainDb: musicGain }) },
    kinds: preset === 'both' ? ['landscape', 'vertical'] : [preset],
    chapters,
  }
  const parsed = montageSchema.safeParse(asked)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ClutchcutError(
    'usage',
    `This montage is not possible: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  )
}

function transitionOf(text: string): MontageClip['transition'] {
  const match = /^(?:(cut)|cross-fade(?::(\d+(?:\.\d+)?))?)$/.exec(text)
  if (match === null) {
    throw new ClutchcutError(
      'usage',
      '--transition takes cut, cross-fade, or cross-fade:SECONDS such as cross-fade:0.5.',
    )
  }
  return match[1] === 'cut' ? { kind: 'cut' } : { kind: 'cross-fade', seconds: Number(match[2] ?? 0.5) }
}

export function printMontage(files: readonly MontageFile[], { json }: CommonOptions): void {
  if (json) printJson(documentOf(files))
  else printText(formatMontage(files))
}

function documentOf(files: readonly MontageFile[]): MontageDocument {
  return { version: 1, files: files.map(({ size: _size, mtimeMs: _mtimeMs, ...file }) => file) }
}

function formatMontage(files: readonly MontageFile[]): string {
  return files
    .map(({ path, seconds, copied, chapters, notes }) => {
      const share = copied === 0 ? 'encoded as a whole' : `${Math.round(100 * copied)} % copied as recorded`
      const list = chapters.map(({ start, title }) => `  ${formatClock(ticksFromSeconds(start))}  ${title}`)
      return [
        `${path}`,
        `  ${formatClock(ticksFromSeconds(seconds))}, ${share}, checked`,
        ...list,
        ...notes.map((note) => `  ${note}`),
      ].join('\n')
    })
    .join('\n')
}
