import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { partialFiles, processesLeft } from '../helpers/leftovers.ts'
import { runCli, startCli, type RunningCli } from '../helpers/run-cli.ts'
import { slowFfmpeg } from '../helpers/slow-ffmpeg.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-interrupt')
const source = fileURLToPath(new URL('../../resources/demo/openarena-match.mp4', import.meta.url))

/** What clips are encoded with where a test looks in the middle of it. */
let slow: string
beforeAll(async () => {
  slow = await slowFfmpeg(join(root, 'slow'))
})

interface Place {
  folder: string
  out: string
  data: string
  args: string[]
}

function place(): Place {
  const folder = mkdtempSync(join(root, 'case-'))
  const [out, data] = [join(folder, 'out'), join(folder, 'data')]
  const args = ['process', source, '--out', out, '--top', '1', '--cut', 'encode', '--json', '--device', 'cpu']
  return { folder, out, data, args: [...args, '--data-dir', data] }
}

/** Starts a run and waits until FFmpeg writes a clip. */
async function untilRendering({ args, out }: Place): Promise<RunningCli> {
  const running = startCli(args, { env: { CLUTCHCUT_FFMPEG: slow } })
  const deadline = performance.now() + 60_000
  while (!existsSync(out) || partialFiles(out).length === 0) {
    if (performance.now() > deadline || running.child.exitCode !== null) {
      running.child.kill('SIGKILL')
      throw new Error(`No partial file appeared: ${(await running.done).stderr}`)
    }
    await delay(20)
  }
  return running
}

function jobOf({ data }: Place): Job | undefined {
  const library = openLibrary(data)
  try {
    expect(library.tempFiles.list()).toEqual([])
    expect(library.processes.list()).toEqual([])
    return library.jobs.get(1)
  } finally {
    library.close()
  }
}

it.skipIf(process.platform === 'win32')('Ctrl-C ends in good order, and the same command goes on', async () => {
  const at = place()
  const running = await untilRendering(at)
  running.child.kill('SIGINT')
  const { code, stderr } = await running.done
  expect(code).toBe(130)
  expect(stderr).toMatch(/again/)
  expect(readdirSync(at.out)).toEqual([])
  expect(await processesLeft(at.folder)).toEqual([])
  expect(jobOf(at)).toMatchObject({ state: 'paused', failures: [] })
  const again = await runCli(at.args)
  expect(again.code).toBe(0)
  expect(again.stdout).not.toContain('"analyse":')
  expect(jobOf(at)).toMatchObject({ state: 'done', attempt: 2 })
  expect(partialFiles(at.out)).toEqual([])
})

it.skipIf(process.platform === 'win32')('a job is cancelled from another process', async () => {
  const at = place()
  const running = await untilRendering(at)
  const cancel = await runCli(['jobs', 'cancel', '1', '--data-dir', at.data])
  expect(cancel.code).toBe(0)
  const { code } = await running.done
  expect(code).toBe(130)
  expect(readdirSync(at.out)).toEqual([])
  expect(jobOf(at)).toMatchObject({ state: 'cancelled' })
})
