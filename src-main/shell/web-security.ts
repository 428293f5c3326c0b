import { app, session, shell, type WebContents } from 'electron'
import { appOrigin } from '../../src-shared/contract/desktop-bridge.ts'
import { isAllowedLink } from './allowed-link.ts'

/** What a page may ask for; the player fills the screen, and text is copied. All else is refused. */
const granted: readonly string[] = ['fullscreen', 'clipboard-sanitized-write']

/** Whether an address is the application's own page. */
export function isOurs(address: string | undefined): boolean {
  return address !== undefined && (address === appOrigin || address.startsWith(`${appOrigin}/`))
}

/** What pages may do: ours, nearly nothing; others never get in. To be called once, when Electron is ready and before any window. */
export function secureWeb(): void {
  app.on('web-contents-created', (_event, contents) => secureContents(contents))
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((contents, permission, decide) => {
    decide(granted.includes(permission) && isOurs(contents.getURL()))
  })
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => {
    return granted.includes(permission) && isOurs(origin.replace(/\/$/, ''))
  })
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.setDisplayMediaRequestHandler((_request, decide) => decide(null))
  // What is made here is written by the engine, to where a person said.
  defaultSession.on('will-download', (event) => event.preventDefault())
}

function secureContents(contents: WebContents): void {
  // Going to a page of ours changes the address' fragment only, which is no navigation.
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    // Rejects where no program wants it.
    if (isAllowedLink(url)) shell.openExternal(url).catch(() => {})
    return { action: 'deny' }
  })
}
