import { statfs } from 'node:fs/promises'
import { totalmem, cpus } from 'node:os'
import type { DeviceRow } from '../../src-shared/contract/model.ts'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { formatTable } from './table.ts'
import { withEngine, type Engine } from './with-engine.ts'

interface Check {
  name: string
  ok: boolean
  detail: string
}

/** Ends with 1 when something that the main job needs does not work. */
export async function doctor(options: CommonOptions, context: ProgramContext): Promise<void> {
  await withEngine(options, async (engine) => {
    const checks = [await checkFfmpeg(engine), checkLibrary(engine), await checkDisk(engine)]
    const devices = await engine.inference.devices(context.signal)
    const machine = {
      program: context.version,
      node: process.version,
      system: `${process.platform} ${process.arch}`,
      cores: cpus().length,
      memoryBytes: totalmem(),
    }
    if (checks.some((check) => !check.ok)) process.exitCode = 1
    if (options.json) return printJson({ version: 1, machine, checks, devices })
    printText(
      `Clutchcut ${machine.program}, Node ${machine.node}, ${machine.system}, ${machine.cores} cores, ${gigabytes(machine.memoryBytes)} memory`,
    )
    for (const check of checks) printText(`${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}`)
    printText(
      `\n${formatTable(['Device', 'Model', 'Verdict', 'Time', 'Largest error', 'Why'], devices.map(deviceRow))}`,
    )
  })
}

async function checkFfmpeg(engine: Engine): Promise<Check> {
  try {
    const { version, ffmpeg, source } = await engine.tools()
    return { name: 'FFmpeg', ok: true, detail: `${version}, ${ffmpeg} (${source})` }
  } catch (thrown) {
    return { name: 'FFmpeg', ok: false, detail: toClutchcutError(thrown).message }
  }
}

function checkLibrary({ library }: Engine): Check {
  const { total } = library.recordings.list({ limit: 1 })
  return { name: 'Library', ok: true, detail: `${total} recordings, ${library.folder.database}` }
}

async function checkDisk({ library }: Engine): Promise<Check> {
  const { bavail, bsize } = await statfs(library.folder.root)
  const free = bavail * bsize
  // Below this, an hour's features and a few clips no longer fit.
  return { name: 'Disk', ok: free > 1e9, detail: `${gigabytes(free)} free for the library` }
}

function deviceRow(row: DeviceRow): string[] {
  return [
    row.provider,
    row.model,
    row.chosen ? `${row.status}, used` : row.status,
    row.milliseconds === null ? '' : `${row.milliseconds.toFixed(1)} ms`,
    row.maxError === null ? '' : row.maxError.toExponential(1),
    row.reason ?? '',
  ]
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
