import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { clipboard, ClipboardItem } from 'electron'

/** Runs a program to its end; rejects when it fails. */
export type RunProgram = (
  file: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; timeout: number; windowsHide: boolean },
) => Promise<unknown>

const LIMIT_MS = 20_000
const execute = promisify(execFile)

/**
 * Puts a file on the clipboard, so that the file manager and chats paste the file itself.
 *
 * Windows: what Electron writes as `CF_HDROP` is a format of that name, not the system's own (15), and nobody reads it
 * (electron/electron#9035); PowerShell's `Set-Clipboard -LiteralPath` writes the real one. The path goes into a
 * variable, never into the script. macOS makes Finder's other types of `public.file-url`; on Linux, file managers read
 * `text/uri-list`, and some of GNOME's the other.
 */
export async function copyFile(
  path: string,
  platform: NodeJS.Platform,
  run: RunProgram = (file, args, options) => execute(file, [...args], options),
): Promise<void> {
  switch (platform) {
    case 'win32': {
      const script = '$ErrorActionPreference = "Stop"; Set-Clipboard -LiteralPath $env:CLUTCHCUT_COPY'
      const env = { ...process.env, CLUTCHCUT_COPY: path }
      const args = ['-NoProfile', '-NonInteractive', '-Command', script]
      await run('powershell.exe', args, { env, timeout: LIMIT_MS, windowsHide: true })
      return
    }
    case 'darwin':
      return write({ 'public.file-url': urlOf(path) })
    default:
      return write({ 'text/uri-list': `${urlOf(path)}\r\n`, 'x-special/gnome-copied-files': `copy\n${urlOf(path)}` })
  }
}

/** All at once, each by the system's own name for it. */
function write(formats: Readonly<Record<string, string>>): Promise<void> {
  const raw = Object.entries(formats).map(([name, text]) => [
    `electron application/osclipboard;format="${name}"`,
    new Blob([text]),
  ])
  return clipboard.write([new ClipboardItem(Object.fromEntries(raw) as Record<string, Blob>)])
}

const urlOf = (path: string): string => pathToFileURL(path, { windows: false }).href
