import { inputArgs } from '../../src-main/adapters/ffmpeg/source-file.ts'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'

const bits = 10

/** A lavfi source whose n-th picture shows n as ten vertical bars, bright for one: it survives any encoder. */
export function numberedSource({ seconds = 6, fps = '30', width = 160, height = 96 } = {}): string {
  const bar = `if(mod(floor(N/pow(2,floor(X*${bits}/W))),2),208,48)`
  // A slow wave below the bars' contrast, so that pictures move and B-frames have something to do.
  return `nullsrc=s=${width}x${height}:r=${fps}:d=${seconds},format=yuv420p,geq=lum='${bar}+16*sin((X+Y+4*N)/24)':cb=128:cr=128`
}

/** The numbers that a file's pictures show, in order of presentation. */
export async function readNumbers(runner: FfmpegRunner, file: string, portrait = false): Promise<number[]> {
  const turn = portrait ? 'transpose=2,' : ''
  const running = runner.spawn(
    [
      ...['-xerror', '-threads', '1', ...inputArgs(await checkSource(file)), '-map', '0:V:0'],
      ...['-vf', `${turn}scale=${bits}:1:flags=area,format=gray`],
      ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:3'],
    ],
    { pipes: 1 },
  )
  const chunks: Buffer[] = []
  for await (const chunk of running.pipes[0]!) chunks.push(chunk as Buffer)
  const { stderr } = await running.done
  const complaint = stderr.find((line) => /^\[(h264|hevc) @/.test(line))
  if (complaint !== undefined) throw new Error(complaint)
  const bytes = Buffer.concat(chunks)
  return Array.from({ length: bytes.length / bits }, (_, picture) =>
    Array.from({ length: bits }, (_bit, bit) => (bytes[picture * bits + bit]! > 128 ? 2 ** bit : 0)).reduce(
      (sum, value) => sum + value,
    ),
  )
}
