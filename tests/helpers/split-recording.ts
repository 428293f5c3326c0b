import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { testTools } from './ffmpeg.ts'
import { makeMedia, type Recipe } from './make-media.ts'

/** White for a twelfth of a second at every whole one, when it beeps too, over a picture that never stands still. */
const flashes = "drawbox=0:0:320:180:white:fill:enable='lt(mod(t,1),0.085)'"
const beeps = 'aevalsrc=0.5*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)'

export interface SplitRecording {
  /** As if it had never been split. */
  readonly whole: string
  /** Named as OBS names them: one goes on where the other ends. */
  readonly files: readonly [string, string]
}

/** A recording of 12 s, split by FFmpeg at the keyframe at 6 s as a recorder does, each file counting from zero. */
export async function splitRecording(
  folder: string,
  { container, bFrames, ...options }: { container: 'mp4' | 'mkv'; bFrames: number; codec?: 'h264' | 'hevc' },
): Promise<SplitRecording> {
  const { codec = 'h264' } = options
  const recipe: Recipe = {
    container,
    seconds: 12,
    video: { codec, width: 320, height: 180, gop: 60, bFrames, source: `testsrc2=s=320x180:r=30:d=12,${flashes}` },
    audio: [{ source: `${beeps}:d=12:s=48000` }],
    extra: ['-sc_threshold', '0'],
  }
  const whole = await makeMedia(folder, recipe, `whole ${codec} ${bFrames}.${container}`)
  const { ffmpeg } = await testTools()
  const split = ['-map', '0', '-c', 'copy', '-f', 'segment', '-segment_times', '5.9', '-reset_timestamps', '1']
  const pattern = path.join(folder, `part %d.${container}`)
  execFileSync(ffmpeg, ['-v', 'error', '-y', '-i', whole, ...split, pattern])
  const name = (second: string): string => path.join(folder, `2026-11-22 20-00-${second}.${container}`)
  const files = [name('00'), name('06')] as const
  for (const [i, file] of files.entries()) copyFileSync(pattern.replace('%d', String(i)), file)
  return { whole, files: [...files] as [string, string] }
}
