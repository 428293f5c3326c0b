import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { FfmpegError } from '../../../src-main/adapters/ffmpeg/ffmpeg-error.ts'
import { listEncoders } from '../../../src-main/adapters/ffmpeg/list-encoders.ts'
import type { FfmpegProgress } from '../../../src-main/adapters/ffmpeg/progress.ts'
import { createRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import { identify } from '../../../src-main/adapters/processes/process-identity.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { testRunner, testTools } from '../../helpers/ffmpeg.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const tracked = new Map<number, string>()
const runner = await testRunner({
  guard: {
    track(pid, what) {
      tracked.set(pid, what)
      return () => void tracked.delete(pid)
    },
  },
})
const endless = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=60', '-f', 'lavfi', '-i', 'sine']

async function failure(promise: Promise<unknown>): Promise<FfmpegError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof FfmpegError) return error
  throw new Error(`wanted an FfmpegError, got ${String(error)}`)
}

test('reports progress and is tracked while it runs', async () => {
  const reports: FfmpegProgress[] = []
  const running = runner.spawn(['-f', 'lavfi', '-i', 'testsrc2=d=3', '-f', 'null', '-'], {
    onProgress: (p) => void reports.push(p),
  })
  expect([...tracked]).toEqual([[running.pid, 'ffmpeg']])
  const result = await running.done
  expect(tracked.size).toBe(0)
  expect(result.progress).toMatchObject({ frame: 75, end: true })
  expect(secondsFromTicks(reports.at(-1)?.outTime ?? 0)).toBeCloseTo(3, 1)
})

test('several pipes: every byte arrives, also at a reader that comes late and reads slowly', async () => {
  const args = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=60:d=10', '-f', 'lavfi', '-i', 'sine=d=10:r=16000']
  const outputs = ['-map', '0', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:3', '-map', '1', '-f', 's16le', 'pipe:4']
  const running = runner.spawn([...args, ...outputs], { pipes: 2 })
  await new Promise((resolve) => setTimeout(resolve, 300))
  const sizes = await Promise.all(
    running.pipes.map(async (pipe, index) => {
      let size = 0
      for await (const chunk of pipe) {
        size += (chunk as Buffer).length
        if (index === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return size
    }),
  )
  await running.done
  expect(sizes).toEqual([600 * 64 * 36 * 3, 160_000 * 2])
})

describe('failing', () => {
  test('carries argv, exit code and the last lines', async () => {
    const missing = `file:${path.join(folder, 'none.mp4')}`
    const error = await failure(runner.run(['-i', missing, '-f', 'null', '-']))
    expect(error).toMatchObject({
      code: 'ffmpeg/failed',
      data: { program: 'ffmpeg', exitCode: expect.any(Number) as number },
    })
    expect(error.message).toContain('No such file')
    expect(error.failure.argv).toContain(missing)
    expect(error.failure.stderr.length).toBeLessThanOrEqual(40)
    expect(tracked.size).toBe(0)
  })

  test('a folder that is not there is the output’s failure', async () => {
    const output = `file:${path.join(folder, 'no', 'such', 'a.wav')}`
    const error = await failure(runner.run(['-f', 'lavfi', '-i', 'sine=d=1', '-f', 'wav', '-y', output]))
    expect(error.code).toBe('output/not-writable')
  })

  test.runIf(existsSync('/dev/full'))('a full disk is told apart', async () => {
    const error = await failure(runner.run(['-f', 'lavfi', '-i', 'sine=d=100', '-f', 'wav', '-y', 'file:/dev/full']))
    expect(error.code).toBe('output/disk-full')
  })

  test('a program that vanished', async () => {
    const tools = { ...(await testTools()), ffmpeg: path.join(folder, 'ffmpeg'), ffprobe: path.join(folder, 'ffprobe') }
    const gone = createRunner({ tools, guard: { track: () => () => {} } })
    await expect(gone.run(['-version'])).rejects.toMatchObject({ code: 'ffmpeg/missing' })
    await expect(gone.probe(['-version'])).rejects.toMatchObject({ code: 'ffmpeg/missing' })
  })

  test('killed from outside', async () => {
    const running = runner.spawn([...endless, '-f', 'null', '-'])
    setTimeout(() => process.kill(running.pid ?? 0, 'SIGKILL'), 300)
    expect((await failure(running.done)).failure.exitCode).toBeNull()
  })
})

describe('ending', () => {
  test('an abort ends it within the grace time, also while nobody reads its pipe', async () => {
    for (const pipes of [0, 1]) {
      const controller = new AbortController()
      const output = pipes === 0 ? ['-f', 'null', '-'] : ['-f', 'rawvideo', 'pipe:3']
      const running = runner.spawn([...endless, ...output], { signal: controller.signal, pipes, graceMs: 1000 })
      setTimeout(() => controller.abort(), 300)
      const startedAt = performance.now()
      await expect(running.done).rejects.toMatchObject({ name: 'AbortError' })
      // Long before it would be taken to hang.
      expect(performance.now() - startedAt).toBeLessThan(30_000)
      expect(identify(running.pid ?? 0)).toBeNull()
    }
  })

  test('one that does not listen to q is killed', async () => {
    const controller = new AbortController()
    // Sleeps inside a filter for days, where no key is read.
    const running = runner.spawn(['-f', 'lavfi', '-i', 'testsrc2=r=1,realtime=speed=0.00001', '-f', 'null', '-'], {
      signal: controller.signal,
      graceMs: 300,
    })
    setTimeout(() => controller.abort(), 300)
    await expect(running.done).rejects.toMatchObject({ name: 'AbortError' })
    expect(identify(running.pid ?? 0)).toBeNull()
  })

  test('an abort before the start starts nothing', async () => {
    await expect(
      Promise.resolve().then(() => runner.run(['-version'], { signal: AbortSignal.abort() })),
    ).rejects.toMatchObject({ name: 'AbortError' })
    await expect(runner.probe(['-version'], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  test('finish: what was made so far is whole', async () => {
    const output = path.join(folder, 'finished.mkv')
    let finished = false
    const running = runner.spawn(
      [...endless, '-c:v', 'libx264', '-preset', 'ultrafast', '-f', 'matroska', '-y', `file:${output}`],
      {
        onProgress({ frame }) {
          if (finished || (frame ?? 0) === 0) return
          finished = true
          running.finish()
        },
      },
    )
    await running.done
    const json = await runner.probe(['-show_entries', 'format=duration', '-of', 'json', '-i', `file:${output}`])
    expect(JSON.parse(json)).toMatchObject({ format: { duration: expect.any(String) as string } })
  })

  test('finish: a reader that leaves does not hold it up', async () => {
    const running = runner.spawn([...endless, '-f', 'rawvideo', 'pipe:3'], { pipes: 1, stallMs: 20_000 })
    for await (const _chunk of running.pipes[0]!) break
    running.finish()
    // Were it still writing into the full pipe, it would be taken to hang.
    expect((await running.done).progress?.end).toBe(true)
  })

  test('a stall is noticed; a slow reader is none', async () => {
    const stalled = runner.run(['-f', 'lavfi', '-i', 'testsrc2=r=1,realtime=speed=0.00001', '-f', 'null', '-'], {
      stallMs: 800,
    })
    expect((await failure(stalled)).code).toBe('ffmpeg/stalled')
    const running = runner.spawn(['-f', 'lavfi', '-i', 'testsrc2=s=640x360:d=2', '-f', 'rawvideo', 'pipe:3'], {
      stallMs: 3000,
      pipes: 1,
    })
    await once(running.pipes[0]!, 'readable')
    await new Promise((resolve) => setTimeout(resolve, 4000))
    running.pipes[0]?.resume()
    await running.done
  })
})

describe('ffprobe', () => {
  test('a timeout and an output that grows too long are failures', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc2=d=100000', '-show_packets']
    expect((await failure(runner.probe(args, { timeoutMs: 500 }))).code).toBe('ffmpeg/stalled')
    expect((await failure(runner.probe(args, { maxBytes: 10_000 }))).message).toContain('absurd')
  })

  test('an abort ends it', async () => {
    const signal = AbortSignal.timeout(300)
    await expect(
      runner.probe(['-f', 'lavfi', '-i', 'testsrc2=d=100000', '-show_packets'], { signal }),
    ).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(tracked.size).toBe(0)
  })
})

test('encoders are listed', async () => {
  const names = (await listEncoders(runner)).map((encoder) => encoder.name)
  expect(names).toContain('libx264')
  expect(names).toContain('aac')
})
