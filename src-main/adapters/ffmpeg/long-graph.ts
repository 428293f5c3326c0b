/** A graph that is longer is read from a pipe: Windows takes 32,767 characters of a command, Linux 131,072 of an argument. */
const MOST_CHARACTERS = 8000

/**
 * Takes a long filter graph out of a command. What it gives as `input` is what FFmpeg reads as `pipe:0`. The option that
 * reads a graph from a file got another name in FFmpeg 7. Pure.
 */
export function takeLongGraph(argv: readonly string[], version: string): { argv: string[]; input?: Uint8Array } {
  const at = argv.indexOf('-filter_complex')
  const graph = argv[at + 1]
  if (at < 0 || graph === undefined || graph.length <= MOST_CHARACTERS) return { argv: [...argv] }
  const major = Number(/^n?(\d+)/.exec(version)?.[1] ?? 5)
  const option = major >= 7 && major < 1000 ? '-/filter_complex' : '-filter_complex_script'
  return { argv: argv.toSpliced(at, 2, option, 'pipe:0'), input: new TextEncoder().encode(graph) }
}
