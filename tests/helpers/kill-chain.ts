import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { processDocumentSchema, type ProcessDocument } from '../../src-shared/contract/documents.ts'
import { testRunner } from './ffmpeg.ts'
import { partialFiles, processesLeft } from './leftovers.ts'
import { runCli, startCli } from './run-cli.ts'

export interface ChainOptions {
  file: string
  /** Kills to survive before the last run. */
  kills: number
  /** Deterministic, so that a failure can be repeated. */
  random: () => number
  /** As `--cut`: encoding gives kills more time to hit a render. */
  cut?: 'copy' | 'encode'
}

export interface ChainReport {
  reference: ProcessDocument
  /** When the kills hit, in milliseconds after the start; a run that was quicker than its kill does not count. */
  killedAt: number[]
  problems: string[]
}

interface Place {
  folder: string
  out: string
  data: string
}

/**
 * Processes `file` while killing the program at random moments, looks around after each kill, and after enough of
 * them lets it run to its end and looks at everything. A chain that is done before all kills were spent is checked
 * and begun anew. Returns every broken promise as a sentence.
 */
export async function killChain(options: ChainOptions): Promise<ChainReport> {
  const { kills, random } = options
  const root = mkdtempSync(join(tmpdir(), 'clutchcut-kill-'))
  const problems: string[] = []
  const killedAt: number[] = []
  try {
    const unhurt = place(root)
    const first = await complete(options, unhurt, problems)
    if (first === null) return { reference: { version: 1, recordings: [], failures: [] }, killedAt, problems }
    const { document: reference, wallMs } = first
    let at = place(root)
    while (killedAt.length < kills && problems.length === 0) {
      const after = 100 + random() * wallMs
      const running = startCli(argsOf(options, at))
      const ended = await Promise.race([running.done, delay(after, null)])
      running.child.kill('SIGKILL')
      const result = ended ?? (await running.done)
      if (result.signal === 'SIGKILL') {
        killedAt.push(Math.round(after))
        problems.push(...(await lookAround(at)))
        continue
      }
      if (result.code !== 0) problems.push(`A run after kills ended with ${result.code}: ${result.stderr}`)
      problems.push(...(await verify(options, at, reference)))
      at = place(root)
    }
    if (problems.length === 0) problems.push(...(await verify(options, at, reference)))
    return { reference, killedAt, problems }
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function place(root: string): Place {
  const folder = mkdtempSync(join(root, 'chain-'))
  const at = { folder, out: join(folder, 'out'), data: join(folder, 'data') }
  mkdirSync(at.out)
  return at
}

function argsOf({ file, cut = 'copy' }: ChainOptions, { out, data }: Place): string[] {
  return ['process', file, '--out', out, '--top', '3', '--cut', cut, '--json', '--data-dir', data, '--device', 'cpu']
}

async function complete(options: ChainOptions, at: Place, problems: string[]) {
  const { code, stdout, stderr, wallMs } = await runCli(argsOf(options, at))
  if (code === 0) return { document: processDocumentSchema.parse(JSON.parse(stdout)), wallMs }
  problems.push(`process ended with ${code}: ${stderr}`)
  return null
}

/** After a kill: nothing half-written under a final name, no process that goes on. */
async function lookAround({ folder, out }: Place): Promise<string[]> {
  const problems = (await processesLeft(folder)).map((line) => `Still running after a kill: ${line}`)
  for (const name of visible(out, '.mp4')) {
    if (!(await isPlayable(join(out, name)))) problems.push(`Not playable under its final name after a kill: ${name}`)
  }
  return problems
}

/** After the last run: complete, once, and nothing else left. */
async function verify(options: ChainOptions, at: Place, reference: ProcessDocument): Promise<string[]> {
  const problems: string[] = []
  const last = await complete(options, at, problems)
  if (last === null) return problems
  if (last.document.failures.length > 0) problems.push(`Failures: ${JSON.stringify(last.document.failures)}`)
  const [got, wanted] = [spansOf(last.document), spansOf(reference)]
  if (JSON.stringify(got) !== JSON.stringify(wanted)) {
    problems.push(`Other clips than without kills: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`)
  }
  const paths = last.document.recordings.flatMap(({ clips }) =>
    clips.flatMap(({ renders }) => renders.map(({ path }) => path)),
  )
  for (const path of paths) if (!existsSync(path)) problems.push(`Missing: ${path}`)
  if (visible(at.out, '.mp4').length !== paths.length || visible(at.out, '.json').length !== paths.length) {
    problems.push(`Not one file and one document a clip: ${visible(at.out, '').join(', ')}`)
  }
  problems.push(...partialFiles(at.out).map((name) => `Left behind: ${name}`))
  problems.push(...(await lookAround(at)))
  problems.push(...verifyLibrary(at, paths.length))
  return problems
}

function verifyLibrary({ data }: Place, clips: number): string[] {
  const library = openLibrary(data)
  try {
    const { raw } = library.connection
    const facts: Record<string, [unknown, unknown]> = {
      integrity_check: [raw.pragma('integrity_check', { simple: true }), 'ok'],
      foreign_key_check: [(raw.pragma('foreign_key_check') as unknown[]).length, 0],
      'temporary files on record': [library.tempFiles.list().length, 0],
      'children on record': [library.processes.list().length, 0],
      'unfinished jobs': [library.jobs.list({ states: ['queued', 'running', 'paused'] }).length, 0],
      'failed jobs': [library.jobs.list({ states: ['failed'] }).length, 0],
      renders: [library.renders.all().length, clips],
      clips: [library.clips.list({}).total, clips],
      recordings: [library.recordings.list({}).total, 1],
      'heavy slot': [library.jobs.heavySlotHolder(), undefined],
    }
    return Object.entries(facts).flatMap(([what, [got, wanted]]) =>
      got === wanted ? [] : [`${what}: ${String(got)} instead of ${String(wanted)}`],
    )
  } finally {
    library.close()
  }
}

function spansOf(document: ProcessDocument): unknown {
  return document.recordings.map(({ clips, segments }) => ({
    segments: segments.length,
    clips: clips.map(({ segment, renders }) => ({
      segment,
      renders: renders.map(({ start, end, cut }) => ({ start, end, cut })),
    })),
  }))
}

function visible(folder: string, ending: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('.') && name.endsWith(ending))
}

async function isPlayable(path: string): Promise<boolean> {
  const runner = await testRunner()
  return runner.run(['-xerror', '-i', `file:${path}`, '-c', 'copy', '-f', 'null', '-']).then(
    () => true,
    () => false,
  )
}
