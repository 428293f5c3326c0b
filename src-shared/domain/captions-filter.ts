/** The filter that draws captions and texts; an FFmpeg without libass has none. */
export const captionFilterName = 'ass'

/**
 * FFmpeg's filter that burns an ASS file into the picture, for `-vf` or a filter graph. It is `ass`, not `subtitles`,
 * which turns libass to its simple shaping (vf_subtitles.c): Devanagari and Thai come apart, and marks do not stand
 * where they belong. FFmpeg takes such a text apart twice: first the graph into filters, then the filter into its
 * options ("Notes on filtergraph escaping" in ffmpeg-filters), so each path is escaped twice. The whole is one argument:
 * no shell reads it. libass opens the file itself, so no beginning of a name is taken for a protocol.
 *
 * Rules of a path come with it: on Windows `\` separates folders, and FFmpeg takes `/` as well; elsewhere `\` is part
 * of a name. Throws RangeError for a path that no system can have (empty, or with NUL).
 */
export function captionFilter(assPath: string, fontsFolder: string | null, platform: NodeJS.Platform): string {
  const fonts = fontsFolder === null ? '' : `:fontsdir=${filterValue(fontsFolder, platform)}`
  return `${captionFilterName}=filename=${filterValue(assPath, platform)}${fonts}`
}

function filterValue(path: string, platform: NodeJS.Platform): string {
  if (path === '' || path.includes('\0')) throw new RangeError(`not a path: ${JSON.stringify(path)}`)
  const plain = platform === 'win32' ? path.replaceAll('\\', '/') : path
  // White space at the ends is dropped unless escaped.
  const option = plain.replace(/[\\':\s]/g, String.raw`\$&`)
  return option.replace(/[\\'[\],;\s]/g, String.raw`\$&`)
}
