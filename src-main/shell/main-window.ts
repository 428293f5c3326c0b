import { BrowserWindow, screen } from 'electron'
import { appOrigin, channels } from '../../src-shared/contract/desktop-bridge.ts'
import { createRestartPolicy } from './restart-policy.ts'
import { keepWindowState, placeWindow, readWindowState, smallest } from './window-state.ts'

export interface MainWindowOptions {
  readonly preload: string
  /** Where its place is remembered. */
  readonly stateFile: string
}

/** The one window: opened when it is needed, brought forward when it is there. */
export interface MainWindow {
  readonly window: BrowserWindow | null
  show(): void
  /** Shows a page of the interface. */
  go(route: `#/${string}`): void
}

export function createMainWindow({ preload, stateFile }: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null
  let watchesScreens = false
  const pageCrashes = createRestartPolicy()

  function open(route: string): BrowserWindow {
    watchScreens()
    const main = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
    const place = placeWindow(
      readWindowState(stateFile),
      [main, ...others].map(({ workArea }) => workArea),
    )
    const opened = new BrowserWindow({
      ...place.bounds,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      backgroundColor: '#0b0a10',
      autoHideMenuBar: true,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        safeDialogs: true,
        spellcheck: false,
      },
    })
    if (place.maximized) opened.maximize()
    opened.once('ready-to-show', () => opened.show())
    opened.on('close', () => {
      keepWindowState(stateFile, { bounds: opened.getNormalBounds(), maximized: opened.isMaximized() })
    })
    opened.on('closed', () => {
      if (window === opened) window = null
    })
    // A page whose process died shows nothing any more; loaded anew, it asks for a new connection.
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !opened.isDestroyed() && pageCrashes.crashed() !== null) opened.reload()
    })
    // Rejects also where another load is quicker; a page that does not come is seen.
    opened.loadURL(`${appOrigin}/${route}`).catch(() => {})
    return opened
  }

  /** Screens come and go while it is open. */
  function keepInSight(): void {
    if (window === null || window.isMaximized() || window.isFullScreen()) return
    const state = { bounds: window.getNormalBounds(), maximized: false }
    const { bounds } = placeWindow(
      state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    )
    if (bounds.x === undefined) window.center()
    else if (bounds.x !== state.bounds.x || bounds.y !== state.bounds.y) window.setBounds(bounds)
  }

  /** With the first window: before Electron is ready, there are no screens to be asked. */
  function watchScreens(): void {
    if (watchesScreens) return
    watchesScreens = true
    screen.on('display-removed', keepInSight)
    screen.on('display-metrics-changed', keepInSight)
  }

  function show(): void {
    if (window === null) {
      window = open('')
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  return {
    get window() {
      return window
    },
    show,
    go(route) {
      if (window === null) {
        window = open(route)
        return
      }
      show()
      window.webContents.send(channels.go, route)
    },
  }
}
