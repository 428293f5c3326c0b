/** `section.key` to value, as OBS writes it (UTF-8, with or without BOM). Later lines win; what is no line of an INI is passed over. */
export function parseIni(text: string): Map<string, string> {
  const values = new Map<string, string>()
  let section = ''
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const header = /^\s*\[([^\]]*)\]/.exec(line)
    const pair = /^\s*([^=;#\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line)
    if (header) section = header[1] ?? ''
    else if (pair) values.set(`${section}.${pair[1]}`, pair[2] ?? '')
  }
  return values
}
