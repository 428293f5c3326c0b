const TOKENS: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic|OAuth)\s+[\w.~+/=-]{8,}/g, '$1 [redacted]'],
  // "key":"value", key=value and Key: value, for keys whose values open doors.
  [
    /((?:token|secret|password|passwd|api_?key|authorization|signature|licen[cs]e_?key)\\?"?\s*(?:=|:\s*\\?"|:\s+))[^\s"'&,}\\]{4,}/gi,
    '$1[redacted]',
  ],
  // An OAuth code or a signed address; our own errors have a `code` too, so only in a query.
  [/([?&](?:code|sig|key)=)[^\s"'&\\]+/gi, '$1[redacted]'],
  // JSON web tokens, and the key shapes of the services that we speak to.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[redacted]'],
  [/\b(?:sk|pk|rk|whsec)_[A-Za-z0-9_]{8,}/g, '[redacted]'],
]

// A whole JSON string that is an absolute path may hold spaces; a path inside a sentence (`/a/b: no such file`)
// ends at white space.
const WHOLE_PATH = /"(?:file:(?:\/\/)?)?(?:\/|[A-Za-z]:(?:\\\\|\/)|\\\\\\\\)(?:(?![:;] )(?:[^"\\]|\\.))*"/g
const QUOTED_PATH = /(['“«`])(?:file:)?(?:\/|[A-Za-z]:(?:\\\\|\/))[^'”»`"]*(['”»`])/g
const INLINE_PATH = /(^|[\s=(:])((?:file:)?(?:\/[^\s"'/\\:]+){2,}\/?|[A-Za-z]:(?:\\\\|\/)[^\s"']+)/g

/**
 * Makes one line of JSON log safe to send to someone: folders are dropped from paths (file names stay, they are
 * what a person recognises), tokens and keys go altogether. Works on the finished line, so nothing that is logged
 * can slip past it.
 */
export function redactLine(line: string): string {
  let safe = line
  for (const [pattern, replacement] of TOKENS) safe = safe.replace(pattern, replacement)
  return safe
    .replace(WHOLE_PATH, (quoted) => `"${withoutFolder(quoted.slice(1, -1))}"`)
    .replace(QUOTED_PATH, (_all, open: string, close: string) => `${open}${withoutFolder(_all.slice(1, -1))}${close}`)
    .replace(INLINE_PATH, (_all, before: string, path: string) => `${before}${withoutFolder(path)}`)
}

function withoutFolder(path: string): string {
  const name = path.split(/\/|\\\\/).findLast((part) => part !== '')
  return name === undefined ? '…' : `…/${name}`
}
