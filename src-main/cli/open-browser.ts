import { spawn } from 'node:child_process'

/** What opens a URL in the person's own browser, as data. No shell takes part, so nothing in the URL is a command. Pure. */
export function browserCommand(url: string, platform: NodeJS.Platform): { file: string; args: string[] } {
  switch (platform) {
    case 'win32':
      return { file: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }
    case 'darwin':
      return { file: 'open', args: [url] }
    default:
      return { file: 'xdg-open', args: [url] }
  }
}

/** Never throws: who has no browser here has the printed link. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const { file, args } = browserCommand(url, platform)
  const child = spawn(file, args, { stdio: 'ignore', detached: true, windowsHide: true })
  child.on('error', () => {})
  child.unref()
}
