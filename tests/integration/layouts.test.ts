import { spawnSync } from 'node:child_process'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { facecamAnswerSchema } from '../../src-shared/contract/facecam.ts'
import { testTools } from '../helpers/ffmpeg.ts'
import { makeOverlay, overlapOf } from '../helpers/make-overlay.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-layouts-cli')
const data = join(root, 'data')
const file = join(root, 'stream.mkv')
const { stack, facecam } = makeOverlay(7001, { camera: true })

const run = (...args: string[]): Promise<CliResult> => runCli([...args, '--data-dir', data])
const json = async (...args: string[]): Promise<unknown> => {
  const result = await run(...args, '--json')
  expect(result).toMatchObject({ stderr: '', code: 0 })
  return JSON.parse(result.stdout)
}
const shown = async () => facecamAnswerSchema.parse(await json('layouts', 'show', file))

/** Two seconds of each picture, encoded as a recorder does. */
beforeAll(async () => {
  const { ffmpeg } = await testTools()
  const input = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${stack.width}x${stack.height}`, '-r', '0.5', '-i', '-']
  const coding = ['-vf', 'fps=15,format=yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-g', '30']
  const made = spawnSync(ffmpeg, ['-v', 'error', ...input, ...coding, file], { input: Buffer.concat(stack.frames) })
  expect(String(made.stderr)).toBe('')
  expect((await run('analyze', file, '--device', 'cpu')).code).toBe(0)
}, 60_000)

describe('clutchcut layouts', () => {
  test('finds the camera of a recording, and remembers it', async () => {
    const { facecam: found } = await shown()
    expect(found?.from).toBe('detected')
    expect(overlapOf(found!.region, facecam!)).toBeGreaterThanOrEqual(0.9)
    renameSync(file, `${file}.away`)
    try {
      const again = await json('layouts', 'show', '1')
      expect(again).toMatchObject({ facecam: found })
    } finally {
      renameSync(`${file}.away`, file)
    }
  })

  test('what is set by hand goes before what is found, until it is forgotten', async () => {
    const region = { x: 0.75, y: 0.7, width: 0.25, height: 0.3 }
    expect(await json('layouts', 'set', '1440,756,480,324@1920x1080')).toMatchObject({
      layouts: [{ game: null, region }],
    })
    expect(await shown()).toMatchObject({ facecam: { region, from: 'hand' } })
    expect((await run('layouts', 'set', '--none', '--game', 'Quake')).stdout).toContain('no camera')
    expect(await shown()).toMatchObject({ facecam: { from: 'hand' } })
    await json('layouts', 'set', '--none')
    expect(await shown()).toMatchObject({ facecam: null })
    await json('layouts', 'forget')
    expect(await json('layouts', 'forget', '--game', 'quake')).toMatchObject({ layouts: [] })
    expect(await shown()).toMatchObject({ facecam: { from: 'detected' } })
  })

  test.each([
    [['layouts', 'set'], 2, 'Say where'],
    [['layouts', 'set', '0,0,2,2'], 2, 'no part of a picture'],
    [['layouts', 'set', '0,0,1,1', '--none'], 2, 'Say where'],
    [['layouts', 'set', '--none', '--game', ' '], 2, 'name of a game'],
    [['layouts', 'forget', '--game', 'Tetris'], 1, 'Nothing is set for “Tetris”'],
    [['layouts', 'show', '99'], 1, 'knows no recording'],
  ])('%j says what is wrong', async (args, code, text) => {
    const result = await run(...args)
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(text)
  })
})
