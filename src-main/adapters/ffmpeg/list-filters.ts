import type { FfmpegRunner } from './runner.ts'

/** Names of the filters that this FFmpeg was built with. */
export async function listFilters(
  runner: Pick<FfmpegRunner, 'text'>,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Set<string>> {
  return parseFilters(await runner.text(['-filters'], options))
}

/** Reads `ffmpeg -filters`: ` TS. scale             V->V       Scale …`, after a legend. Pure. */
export function parseFilters(text: string): Set<string> {
  return new Set([...text.matchAll(/^\s*[T.][S.][C.]?\s+(\w+)\s+[AVN|]+->[AVN|]+/gm)].map((match) => match[1]!))
}
