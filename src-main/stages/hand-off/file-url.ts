/**
 * A `file:` address of an absolute path (RFC 8089), every byte but the unreserved ones percent-encoded.
 * `/a b.mkv` is `file:///a%20b.mkv`, `C:\v\a.mkv` is `file:///C:/v/a.mkv`, `\\nas\share\a.mkv` is
 * `file://nas/share/a.mkv`. Only on Windows is a backslash a separator; elsewhere it is a letter of the name.
 */
export function fileUrl(path: string, platform: NodeJS.Platform): string {
  const { host, rest } = platform === 'win32' ? windowsParts(path) : { host: '', rest: path }
  const encoded = rest.split('/').map((part, index) => (isDrive(part, index, platform) ? part : encode(part)))
  return `file://${encode(host)}${encoded.join('/')}`
}

/** `\\?\C:\…` and `\\?\UNC\host\…` are the long forms of the same places. */
function windowsParts(path: string): { host: string; rest: string } {
  const slashes = path
    .replaceAll('\\', '/')
    .replace(/^\/\/[?.]\/UNC\//i, '//')
    .replace(/^\/\/[?.]\//, '')
  const share = /^\/\/([^/]+)(\/.*)$/.exec(slashes)
  if (share !== null) return { host: share[1] ?? '', rest: share[2] ?? '' }
  return { host: '', rest: slashes.startsWith('/') ? slashes : `/${slashes}` }
}

function isDrive(part: string, index: number, platform: NodeJS.Platform): boolean {
  return platform === 'win32' && index === 1 && /^[A-Za-z]:$/.test(part)
}

/** Half a surrogate pair, which Windows allows in a name, has no UTF-8; it becomes U+FFFD. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
