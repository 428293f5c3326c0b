import type { FfmpegRunner } from './runner.ts'

export interface Encoder {
  readonly name: string
  readonly kind: 'video' | 'audio' | 'subtitle'
  readonly description: string
}

/** What this FFmpeg was built with. A hardware encoder in the list may still not work: see `canEncode`. */
export async function listEncoders(
  runner: FfmpegRunner,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Encoder[]> {
  return parseEncoders(await runner.text(['-encoders'], options))
}

/** Reads `ffmpeg -encoders`: ` V....D libx264   libx264 H.264 …`, after a legend that ends with dashes. Pure. */
export function parseEncoders(text: string): Encoder[] {
  const kinds = { V: 'video', A: 'audio', S: 'subtitle' } as const
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => /^\s*-{3,}\s*$/.test(line))
  return lines.slice(start + 1).flatMap((line): Encoder[] => {
    const match = /^\s*([VAS])[A-Z.]{5,7}\s+(\S+)\s+(.*)$/.exec(line)
    const kind = kinds[match?.[1] as keyof typeof kinds]
    return match?.[2] === undefined || kind === undefined
      ? []
      : [{ name: match[2], kind, description: (match[3] ?? '').trim() }]
  })
}

/** Tries an H.264, HEVC or AV1 encoder on a few frames of this machine. */
export async function canEncode(
  runner: FfmpegRunner,
  encoder: string,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<boolean> {
  try {
    // Hardware encoders refuse pictures that are too small.
    const source = ['-f', 'lavfi', '-i', 'color=black:s=320x240:r=30:d=0.2']
    await runner.run([...source, '-c:v', encoder, '-pix_fmt', 'yuv420p', '-f', 'null', '-'], {
      ...options,
      stallMs: 15_000,
    })
    return true
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof Error) return false
    throw error
  }
}
