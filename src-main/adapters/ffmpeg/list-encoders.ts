import type { FfmpegRunner } from './runner.ts'

export interface Encoder {
  readonly name: string
  readonly kind: 'video' | 'audio' | 'subtitle'
  readonly description: string
}

/** What this FFmpeg was built with. A hardware encoder in the list may still not work: see `chooseEncoders`. */
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
