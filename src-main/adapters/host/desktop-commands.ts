import { dirname } from 'node:path'

/** A program and its arguments. No shell takes part, so nothing in a path is a command. */
export interface DesktopCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The Explorer says 1 whatever it did. */
  readonly anyExit?: boolean
  /** Arguments are quoted already, as a program of Windows wants them that reads its command line its own way. */
  readonly verbatim?: boolean
}

/**
 * What shows a file in the system's file manager; null where there is none to show it in. Pure.
 * macOS: `man open`. Windows: `explorer /select,"PATH"`; without the quotes a comma would end the path, and with quotes
 * around all of it the Explorer shows another folder.
 */
export function revealCommand(
  path: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv = {},
): DesktopCommand | null {
  switch (platform) {
    case 'win32':
      // No name on Windows holds a quote, which would end the argument.
      return { file: 'explorer.exe', args: [`/select,"${path.replaceAll('"', '')}"`], anyExit: true, verbatim: true }
    case 'darwin':
      return { file: 'open', args: ['-R', path] }
    default:
      // `xdg-open` knows folders only: which file it is about, the file manager is not told.
      return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? { file: 'xdg-open', args: [dirname(path)] } : null
  }
}

/**
 * What puts a file into the recycle bin; null where we do it ourselves (`trash-xdg.ts`). Pure. The path goes into a
 * variable or an argument of the script, never into its text.
 *
 * Windows: the shell's own move into the bin (folder 10, `ssfBITBUCKET`). Drives without a bin are refused before, since
 * Windows would delete there. macOS: the Finder.
 */
export function trashCommand(path: string, platform: NodeJS.Platform): DesktopCommand | null {
  if (platform === 'win32') {
    const script = [
      '$ErrorActionPreference = "Stop"',
      '$path = $env:CLUTCHCUT_TRASH',
      '$drive = New-Object IO.DriveInfo ([IO.Path]::GetPathRoot($path))',
      'if ($drive.DriveType -ne "Fixed") { exit 3 }',
      '(New-Object -ComObject Shell.Application).NameSpace(10).MoveHere($path)',
      'for ($i = 0; $i -lt 100 -and (Test-Path -LiteralPath $path); $i++) { Start-Sleep -Milliseconds 100 }',
      'if (Test-Path -LiteralPath $path) { exit 4 }',
    ].join('; ')
    const args = ['-NoProfile', '-NonInteractive', '-Command', script]
    return { file: 'powershell.exe', args, env: { CLUTCHCUT_TRASH: path } }
  }
  if (platform === 'darwin') {
    const script = [
      'on run argv',
      'tell application "Finder" to delete (POSIX file (item 1 of argv) as alias)',
      'end run',
    ]
    return { file: 'osascript', args: [...script.flatMap((line) => ['-e', line]), path] }
  }
  return null
}
