import { chooseEncoders, encoderFailed } from '../adapters/ffmpeg/choose-encoder.ts'
import type { EncodeOptions } from '../adapters/ffmpeg/cut-clip.ts'
import type { VideoEncoder } from '../adapters/ffmpeg/encoder-args.ts'
import { listEncoders } from '../adapters/ffmpeg/list-encoders.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { systemClock } from '../jobs/clock.ts'

export interface ConnectEncodersOptions {
  library: Library
  platform: NodeJS.Platform
  /** Changes when a graphics driver does. */
  machine: () => Promise<string>
  log: (warning: string) => void
  runner: FfmpegRunner
}

/** Which encoders this FFmpeg has, and which of them work here; found out once. */
export function connectEncoders({ library, platform, machine, log, runner }: ConnectEncodersOptions) {
  let names: Promise<string[]> | undefined
  const builtIn = (options: { signal: AbortSignal }): Promise<string[]> =>
    (names ??= listEncoders(runner, options).then((list) => list.map(({ name }) => name)))
  const hardware = { runner, platform, machine, verdicts: library.deviceVerdicts, clock: systemClock }
  let encoders: Promise<VideoEncoder[]> | undefined
  return {
    builtIn,
    encoding: async (options: {
      signal: AbortSignal
    }): Promise<Pick<EncodeOptions, 'encoders' | 'onEncoderFailed'>> => ({
      encoders: await (encoders ??= chooseEncoders({ ...hardware, encoders: () => builtIn(options) }, options)),
      async onEncoderFailed(name, { message }) {
        log(`The encoder ${name} gave up in the middle of a clip. ${message}`)
        await encoderFailed(hardware, name)
        encoders = undefined
      },
    }),
  }
}
