import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { vi } from 'vitest'

/**
 * As much of Electron as the shell and the preload script touch, for `vi.mock('electron', () => import(…))`. It
 * remembers, and refuses what the real one refuses before it is ready; a test plays the system's part by emitting events.
 */

const nothing = () => vi.fn<(...args: unknown[]) => unknown>()

/** As the real one: much of it throws before the application is ready, and some of it afterwards. */
function assertReady(wanted: boolean, what: string): void {
  if (app.ready !== wanted) throw new Error(`${what} ${wanted ? 'before' : 'after'} the application is ready`)
}

export const app = Object.assign(new EventEmitter(), {
  name: 'Clutchcut',
  ready: false,
  isPackaged: true,
  paths: new Map<string, string>(),
  dock: { setMenu: nothing() },
  setPath: vi.fn((name: string, path: string) => {
    if (!existsSync(path)) throw new Error('Failed to set path')
    app.paths.set(name, path)
  }),
  getPath: vi.fn((name: string) => `/home/streamer/${name}`),
  getLocale: vi.fn(() => 'en-GB'),
  setAppUserModelId: nothing(),
  requestSingleInstanceLock: vi.fn(() => true),
  enableSandbox: vi.fn(() => assertReady(false, 'app.enableSandbox')),
  setAsDefaultProtocolClient: nothing(),
  setLoginItemSettings: nothing(),
  setJumpList: nothing(),
  addRecentDocument: nothing(),
  async whenReady(): Promise<void> {
    await Promise.resolve()
    app.ready = true
  },
  quit: nothing(),
})

const defaultSession = Object.assign(new EventEmitter(), {
  setPermissionRequestHandler: nothing(),
  setPermissionCheckHandler: nothing(),
  setDevicePermissionHandler: nothing(),
  setDisplayMediaRequestHandler: nothing(),
})
export const session = {
  get defaultSession() {
    assertReady(true, 'session.defaultSession')
    return defaultSession
  },
}

export const protocol = {
  registerSchemesAsPrivileged: vi.fn((_schemes: unknown) => assertReady(false, 'protocol.registerSchemesAsPrivileged')),
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
  handle: vi.fn((scheme: string, handler: (request: Request) => Promise<Response>) => {
    assertReady(true, 'protocol.handle')
    protocol.handlers.set(scheme, handler)
  }),
}

class Screen extends EventEmitter {
  displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }]
  getPrimaryDisplay = () => this.displays[0]
  getAllDisplays = () => this.displays
  override on(name: string, listener: () => void): this {
    assertReady(true, 'screen')
    return super.on(name, listener)
  }
}
export const screen = new Screen()

export class FakeContents extends EventEmitter {
  url = ''
  readonly mainFrame = { url: '', postMessage: nothing() }
  readonly setWindowOpenHandler = nothing()
  readonly send = nothing()
  getURL(): string {
    return this.url
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly webContents = new FakeContents()
  bounds = { x: 10, y: 20, width: 800, height: 600 }
  maximized = false
  focused = false
  readonly options: Record<string, unknown>
  readonly show = nothing()
  readonly focus = nothing()
  readonly restore = nothing()
  readonly reload = nothing()
  readonly center = nothing()
  readonly setBounds = nothing()
  readonly setProgressBar = nothing()
  constructor(options: Record<string, unknown>) {
    super()
    assertReady(true, 'BrowserWindow')
    this.options = options
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.webContents.url = url
    this.webContents.mainFrame.url = url
    return Promise.resolve()
  }
  maximize(): void {
    this.maximized = true
  }
  isMaximized = (): boolean => this.maximized
  isMinimized = (): boolean => false
  isFullScreen = (): boolean => false
  isDestroyed = (): boolean => false
  isFocused = (): boolean => this.focused
  getNormalBounds = () => this.bounds
}

export class FakePort extends EventEmitter {
  readonly posted: unknown[] = []
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  readonly start = nothing()
  readonly close = nothing()
}

export class MessageChannelMain {
  readonly port1 = new FakePort()
  readonly port2 = new FakePort()
}

export class FakeUtility extends EventEmitter {
  readonly posted: { message: Record<string, unknown>; ports: FakePort[] }[] = []
  pid: number | undefined = undefined
  readonly path: string
  readonly args: string[]
  readonly options: Record<string, unknown>
  readonly kill = nothing()
  constructor(path: string, args: string[], options: Record<string, unknown>) {
    super()
    this.path = path
    this.args = args
    this.options = options
  }
  postMessage(message: Record<string, unknown>, ports: FakePort[] = []): void {
    this.posted.push({ message, ports })
  }
}

export const utilityProcess = {
  all: [] as FakeUtility[],
  fork(path: string, args: string[], options: Record<string, unknown>): FakeUtility {
    const child = new FakeUtility(path, args, options)
    utilityProcess.all.push(child)
    return child
  },
}

export class Notification extends EventEmitter {
  static readonly all: Notification[] = []
  static isSupported = (): boolean => true
  readonly options: { title: string; body: string }
  readonly show = nothing()
  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
    Notification.all.push(this)
  }
}

export const ipcMain = Object.assign(new EventEmitter(), {
  handlers: new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>(),
  handle: vi.fn((channel: string, handler: (event: unknown, ...args: unknown[]) => Promise<unknown>) => {
    ipcMain.handlers.set(channel, handler)
  }),
})

export const Menu = {
  buildFromTemplate: vi.fn((template: unknown) => ({ template })),
  setApplicationMenu: nothing(),
}

export const shell = {
  openExternal: vi.fn(() => Promise.resolve()),
  openPath: vi.fn(() => Promise.resolve('')),
  showItemInFolder: nothing(),
  trashItem: vi.fn((_path: string) => Promise.resolve()),
}

export class ClipboardItem {
  readonly items: Record<string, Blob>
  constructor(items: Record<string, Blob>) {
    this.items = items
  }
}
export const clipboard = { write: vi.fn((_items: ClipboardItem[]) => Promise.resolve()) }

export const dialog = {
  showMessageBox: vi.fn(() => Promise.resolve({ response: 0 })),
  showOpenDialog: vi.fn((..._args: unknown[]) => Promise.resolve({ canceled: true, filePaths: [] as string[] })),
}

export const powerSaveBlocker = { start: vi.fn((_kind: string) => 7), stop: nothing() }

export const contextBridge = { exposeInMainWorld: nothing() }
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: nothing(),
  invoke: vi.fn(() => Promise.resolve([])),
})
export const webUtils = { getPathForFile: vi.fn(() => '/videos/a.mkv') }

/** As if Electron had just been started. */
export function resetElectron(): void {
  for (const emitter of [app, defaultSession, screen, ipcMain, ipcRenderer]) emitter.removeAllListeners()
  vi.clearAllMocks()
  app.requestSingleInstanceLock.mockReturnValue(true)
  app.isPackaged = true
  app.ready = false
  screen.displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }]
  for (const list of [BrowserWindow.all, utilityProcess.all, Notification.all]) list.length = 0
  protocol.handlers.clear()
  ipcMain.handlers.clear()
}
