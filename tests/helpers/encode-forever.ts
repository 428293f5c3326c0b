import { createChildGuard } from '../../src-main/adapters/processes/child-guard.ts'
import { testRunner } from './ffmpeg.ts'

/** A program of its own, for tests that kill it: encodes an endless source under a watchdog and prints FFmpeg's pid. */
const guard = createChildGuard()
const runner = await testRunner({ guard })
const running = runner.spawn([
  ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=60'],
  ...['-c:v', 'libx264', '-f', 'matroska', '-y', process.argv[2] ?? '-'],
])
process.stdout.write(`${running.pid}\n`)
if (process.argv[3] === 'leave') setTimeout(() => process.exit(0), 500)
await running.done
