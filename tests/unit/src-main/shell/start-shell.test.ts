import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startShell, type ShellOptions } from '../../../../src-main/shell/start-shell.ts'
import * as electron from '../../../helpers/fake-electron.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

vi.mock('electron', () => import('../../../helpers/fake-electron.ts'))

const dataFolder = tempFolder()
const options: ShellOptions = {
  platform: 'linux',
  argv: ['/opt/clutchcut'],
  workingFolder: '/home/me',
  dataFolder,
  preload: '/app/dist/preload.cjs',
  programs: { engine: '/app/dist/desktop-engine.mjs', infer: '/app/dist/infer.mjs' },
  findPage: () => Promise.resolve(null),
}
const start = (change: Partial<ShellOptions> = {}) => startShell({ ...options, ...change })
const window = () => electron.BrowserWindow.all[0] as electron.BrowserWindow
const engine = () => electron.utilityProcess.all[0] as electron.FakeUtility
const told = (kind: string) => engine().posted.filter(({ message }) => message['kind'] === kind)
const says = (message: object): boolean => engine().emit('message', message)
const event = () => ({ preventDefault: vi.fn() })

beforeEach(() => electron.resetElectron())

test('nothing is waited for before Electron is told what must be said before it is ready', async () => {
  // It is ready only once the main module has run to its end, and the module cannot wait for that.
  const started = start()
  expect(electron.protocol.registerSchemesAsPrivileged).toHaveBeenCalledOnce()
  expect(electron.app.enableSandbox).toHaveBeenCalledOnce()
  expect(electron.BrowserWindow.all).toEqual([])
  await started
  const source = readFileSync(new URL('../../../../src-main/desktop.ts', import.meta.url), 'utf8')
  expect(source).not.toMatch(/^await /m)
})

describe('one application for each library', () => {
  test('a second one goes, and touches nothing', async () => {
    electron.app.requestSingleInstanceLock.mockReturnValue(false)
    await start()
    expect(electron.app.quit).toHaveBeenCalledOnce()
    expect(electron.utilityProcess.all).toEqual([])
    expect(electron.BrowserWindow.all).toEqual([])
    expect(electron.protocol.registerSchemesAsPrivileged).not.toHaveBeenCalled()
  })

  test('the lock is that of the library’s folder', async () => {
    await start()
    expect(electron.app.setPath).toHaveBeenCalledWith('userData', path.join(dataFolder, 'desktop'))
    const [order] = electron.app.setPath.mock.invocationCallOrder
    expect(order).toBeLessThan(electron.app.requestSingleInstanceLock.mock.invocationCallOrder[0] ?? 0)
  })

  test('what the second one was asked to open is opened here', async () => {
    await start()
    electron.app.emit('second-instance', {}, ['clutchcut', 'clip.mkv', 'clutchcut://review'], '/videos')
    expect(told('open').map(({ message }) => message['paths'])).toEqual([[path.resolve('/videos/clip.mkv')]])
    expect(window().webContents.send).toHaveBeenCalledWith('clutchcut/go', '#/review')
    expect(window().focus).toHaveBeenCalled()
  })
})

describe('the window', () => {
  test('is closed off from everything', async () => {
    await start()
    expect(electron.app.enableSandbox).toHaveBeenCalledOnce()
    expect(window().options['webPreferences']).toEqual({
      preload: options.preload,
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
    })
    expect(window().webContents.url).toBe('app://clutchcut/')
  })

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'refuses: %s',
    async (name) => {
      await start()
      const navigation = event()
      window().webContents.emit(name, navigation)
      expect(navigation.preventDefault).toHaveBeenCalledOnce()
    },
  )

  test('opens no other; web pages go to the browser, the rest nowhere', async () => {
    await start()
    const [handler] = window().webContents.setWindowOpenHandler.mock.calls[0] as [(given: { url: string }) => unknown]
    expect(handler({ url: 'https://obsproject.com/' })).toEqual({ action: 'deny' })
    expect(handler({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' })
    expect(electron.shell.openExternal.mock.calls).toEqual([['https://obsproject.com/']])
  })

  test('gets no permission but full screen and copying, and only on our page', async () => {
    await start()
    const { defaultSession } = electron.session
    const [request] = defaultSession.setPermissionRequestHandler.mock.calls[0] as [
      (contents: unknown, permission: string, decide: (granted: boolean) => void) => void,
    ]
    const [check] = defaultSession.setPermissionCheckHandler.mock.calls[0] as [
      (contents: unknown, permission: string, origin: string) => boolean,
    ]
    const granted = (permission: string, url: string): boolean => {
      const decide = vi.fn()
      request({ getURL: () => url }, permission, decide)
      expect(decide).toHaveBeenCalledOnce()
      return decide.mock.calls[0]?.[0] as boolean
    }
    const ours = 'app://clutchcut/#/review'
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fileSystem',
      'openExternal',
    ]) {
      expect(granted(permission, ours)).toBe(false)
      expect(check(null, permission, 'app://clutchcut/')).toBe(false)
    }
    expect(granted('fullscreen', ours)).toBe(true)
    expect(granted('fullscreen', 'https://example.org/')).toBe(false)
    expect(granted('fullscreen', 'app://clutchcut.example.org/')).toBe(false)
    expect(check(null, 'clipboard-sanitized-write', 'app://clutchcut/')).toBe(true)
    expect(check(null, 'clipboard-sanitized-write', 'https://example.org/')).toBe(false)
    const [device] = defaultSession.setDevicePermissionHandler.mock.calls[0] as [() => boolean]
    expect(device()).toBe(false)
    const [share] = defaultSession.setDisplayMediaRequestHandler.mock.calls[0] as [(a: object, b: unknown) => void]
    const capture = vi.fn()
    share({}, capture)
    expect(capture).toHaveBeenCalledWith(null)
    const download = event()
    defaultSession.emit('will-download', download)
    expect(download.preventDefault).toHaveBeenCalledOnce()
  })

  test('remembers its place, and comes back when its screen goes', async () => {
    await start()
    expect(window().options).toMatchObject({ width: 1280, height: 800, minWidth: 360 })
    window().emit('close')
    expect(existsSync(path.join(dataFolder, 'desktop', 'window.json'))).toBe(true)
    window().emit('closed')
    electron.app.emit('activate')
    expect(electron.BrowserWindow.all[1]?.options).toMatchObject({ x: 10, y: 20, width: 800, height: 600 })
    const second = electron.BrowserWindow.all[1] as electron.BrowserWindow
    second.bounds = { x: 5000, y: 10, width: 800, height: 600 }
    electron.screen.emit('display-removed')
    expect(second.center).toHaveBeenCalledOnce()
    second.bounds = { x: 1800, y: 10, width: 800, height: 600 }
    electron.screen.emit('display-metrics-changed')
    expect(second.setBounds).toHaveBeenCalledWith({ x: 1120, y: 10, width: 800, height: 600 })
  })

  test('a page whose process died is loaded anew, but not for ever', async () => {
    await start()
    for (let i = 0; i < 20; i += 1) window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(window().reload).toHaveBeenCalledTimes(4)
  })
})

describe('only the page in our own main frame is answered', () => {
  const own = () => ({ sender: window().webContents, senderFrame: window().webContents.mainFrame })

  test('with a connection to the engine', async () => {
    await start()
    electron.ipcMain.emit('clutchcut/port', own())
    const [{ ports }] = told('window') as [electron.FakeUtility['posted'][number]]
    expect(ports).toHaveLength(1)
    const handed = own().senderFrame.postMessage.mock.calls[0] as [string, null, electron.FakePort[]]
    expect(handed[0]).toBe('clutchcut/port')
    expect(handed[2][0]).not.toBe(ports[0])
  })

  test.each([
    ['another window', () => ({ ...own(), sender: new electron.FakeContents() })],
    ['a frame inside', () => ({ ...own(), senderFrame: { ...own().senderFrame } })],
    ['a frame that is gone', () => ({ ...own(), senderFrame: null })],
    [
      'another site',
      () => {
        window().webContents.mainFrame.url = 'https://example.org/'
        return own()
      },
    ],
  ])('%s is not', async (_what, from) => {
    await start()
    electron.ipcMain.emit('clutchcut/port', from())
    expect(told('window')).toEqual([])
    const pick = electron.ipcMain.handlers.get('clutchcut/pick')
    await expect(pick?.(from(), { kind: 'recordings', from: null })).rejects.toThrow()
    expect(electron.dialog.showOpenDialog).not.toHaveBeenCalled()
  })

  test('with the system’s dialogs, which begin where the last one ended', async () => {
    await start()
    const pick = (request: unknown) => electron.ipcMain.handlers.get('clutchcut/pick')?.(own(), request)
    expect(await pick({ kind: 'recordings', from: null })).toEqual([])
    electron.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/rec/a.mkv', '/rec/b.mkv'] })
    expect(await pick({ kind: 'recordings', from: null })).toEqual(['/rec/a.mkv', '/rec/b.mkv'])
    await pick({ kind: 'folder', from: null })
    const asked = electron.dialog.showOpenDialog.mock.calls.map((call) => call[1] as Record<string, unknown>)
    expect(asked.map(({ defaultPath }) => defaultPath)).toEqual([
      '/home/streamer/videos',
      '/home/streamer/videos',
      '/rec',
    ])
    expect(asked[0]?.['properties']).toEqual(['openFile', 'multiSelections'])
    expect(asked[2]?.['properties']).toContain('openDirectory')
    await expect(pick({ kind: 'secrets', from: null })).rejects.toThrow()
    await expect(pick(undefined)).rejects.toThrow()
  })
})

describe('links and files', () => {
  test('of the first start', async () => {
    await start({ argv: ['clutchcut', 'clutchcut://recordings/3', '/videos/a.mkv'] })
    expect(window().webContents.url).toBe('app://clutchcut/#/recordings/3')
    expect(told('open').map(({ message }) => message['paths'])).toEqual([['/videos/a.mkv']])
    expect(electron.app.addRecentDocument).toHaveBeenCalledWith('/videos/a.mkv')
  })

  test('macOS hands over as events; unknown links are ignored', async () => {
    await start({ platform: 'darwin' })
    const [link, nonsense, file] = [event(), event(), event()]
    electron.app.emit('open-url', link, 'clutchcut://review')
    electron.app.emit('open-url', nonsense, 'clutchcut://format-my-disk')
    electron.app.emit('open-file', file, '/videos/b.mov')
    await vi.waitFor(() => expect(told('open')).toHaveLength(1), { timeout: 30_000 })
    for (const one of [link, nonsense, file]) expect(one.preventDefault).toHaveBeenCalledOnce()
    const went = window().webContents.send.mock.calls.map((call) => call[1])
    expect(went).toEqual(['#/review', '#/'])
    expect(told('open').map(({ message }) => message['paths'])).toEqual([['/videos/b.mov']])
  })

  test('the scheme is ours only where we are installed', async () => {
    await start()
    expect(electron.app.setAsDefaultProtocolClient).toHaveBeenCalledWith('clutchcut')
    electron.resetElectron()
    electron.app.isPackaged = false
    await start()
    expect(electron.app.setAsDefaultProtocolClient).not.toHaveBeenCalled()
  })
})

describe('what the system sees of the work', () => {
  const notice = { outcome: 'done', title: 'Match', clips: 3, failure: null, recordingId: 9 }

  test('it stays awake while jobs run, and shows how far they are', async () => {
    await start()
    says({ kind: 'work', work: { running: 1, fraction: null } })
    says({ kind: 'work', work: { running: 2, fraction: 0.25 } })
    says({ kind: 'work', work: { running: 0, fraction: null } })
    expect(electron.powerSaveBlocker.start.mock.calls).toEqual([['prevent-app-suspension']])
    expect(electron.powerSaveBlocker.stop).toHaveBeenCalledWith(7)
    expect(window().setProgressBar.mock.calls).toEqual([[2], [0.25], [-1]])
  })

  test('it tells of what is done, and its click leads there', async () => {
    await start()
    says({ kind: 'notice', notice })
    const [shown] = electron.Notification.all
    expect(shown?.options).toEqual({ title: 'Match: 3 clips', body: '' })
    shown?.emit('click')
    expect(window().webContents.send).toHaveBeenCalledWith('clutchcut/go', '#/recordings/9')
    says({ kind: 'notice', notice: { ...notice, outcome: 'failed', failure: { message: 'The disk is full.' } } })
    expect(electron.Notification.all[1]?.options).toEqual({
      title: 'Match could not be finished',
      body: 'The disk is full.',
    })
  })

  test('unless somebody looks, or wants none', async () => {
    await start()
    window().focused = true
    says({ kind: 'notice', notice })
    window().focused = false
    says({ kind: 'settings', settings: { notifications: false, startAtLogin: false, language: 'system' } })
    says({ kind: 'notice', notice })
    expect(electron.Notification.all).toEqual([])
  })

  test('settings: starting at login, and the language of menu and tasks', async () => {
    await start({ platform: 'win32' })
    expect(electron.app.setJumpList).toHaveBeenCalledTimes(1)
    says({ kind: 'settings', settings: { notifications: true, startAtLogin: true, language: 'de' } })
    says({ kind: 'settings', settings: { notifications: true, startAtLogin: true, language: 'de' } })
    expect(electron.app.setLoginItemSettings.mock.calls).toEqual([[{ openAtLogin: true }]])
    const [list] = electron.app.setJumpList.mock.calls.at(-1) as [{ items: { title: string; args: string }[] }[]]
    expect(list[0]?.items.map(({ title, args }) => [title, args])).toEqual([
      ['Bibliothek', 'clutchcut://library'],
      ['Durchsicht', 'clutchcut://review'],
    ])
    expect(electron.Menu.setApplicationMenu).toHaveBeenCalledTimes(2)
  })

  test('macOS gets a menu in the dock', async () => {
    await start({ platform: 'darwin' })
    expect(electron.app.dock.setMenu).toHaveBeenCalledOnce()
    expect(electron.app.setJumpList).not.toHaveBeenCalled()
  })
})

describe('an engine that crashes', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())
  const crash = async (): Promise<void> => {
    electron.utilityProcess.all.at(-1)?.emit('exit', 11)
    await vi.advanceTimersByTimeAsync(20_000)
  }

  test('is started again, which is said; a page that waits is connected to the new one', async () => {
    await start()
    says({ kind: 'work', work: { running: 1, fraction: 0.5 } })
    await crash()
    expect(electron.Notification.all.map(({ options: { body } }) => body)).toEqual([
      expect.stringContaining('was started again'),
    ])
    // What it was at is no longer shown, and keeps nothing awake, until it says so again.
    expect(electron.powerSaveBlocker.stop).toHaveBeenCalledOnce()
    expect(window().setProgressBar).toHaveBeenLastCalledWith(-1)
    electron.ipcMain.emit('clutchcut/port', {
      sender: window().webContents,
      senderFrame: window().webContents.mainFrame,
    })
    expect(electron.utilityProcess.all[1]?.posted.map(({ message }) => message['kind'])).toEqual(['window'])
  })

  test('again and again is left alone, which is said, until somebody wants another try', async () => {
    const { promise, resolve } = Promise.withResolvers<{ response: number }>()
    electron.dialog.showMessageBox.mockReturnValueOnce(promise)
    await start()
    for (let i = 0; i < 5; i += 1) await crash()
    expect(electron.utilityProcess.all).toHaveLength(5)
    expect(electron.Notification.all).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(electron.utilityProcess.all).toHaveLength(5)
    expect(electron.dialog.showMessageBox.mock.calls).toEqual([
      [expect.objectContaining({ type: 'error', buttons: ['Try Again', 'Show Logs', 'Quit'] })],
    ])
    resolve({ response: 0 })
    await vi.advanceTimersByTimeAsync(0)
    expect(electron.utilityProcess.all).toHaveLength(6)
    expect(electron.app.quit).not.toHaveBeenCalled()
  })
})

describe('the end', () => {
  test('closing the window ends all but macOS, and the engine ends first', async () => {
    await start()
    electron.app.emit('window-all-closed')
    expect(electron.app.quit).toHaveBeenCalledTimes(1)
    const quit = event()
    electron.app.emit('will-quit', quit)
    expect(quit.preventDefault).toHaveBeenCalledOnce()
    expect(told('close')).toHaveLength(1)
    engine().emit('exit', 0)
    await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledTimes(2), { timeout: 30_000 })
    const again = event()
    electron.app.emit('will-quit', again)
    expect(again.preventDefault).not.toHaveBeenCalled()
    electron.resetElectron()
    await start({ platform: 'darwin' })
    electron.app.emit('window-all-closed')
    expect(electron.app.quit).not.toHaveBeenCalled()
  })

  test('an engine that cannot open its library says why, and is tried again when asked', async () => {
    await start()
    says({ kind: 'failed', message: 'The library lies on a full disk.' })
    engine().emit('exit', 1)
    await vi.waitFor(() => expect(electron.utilityProcess.all).toHaveLength(2), { timeout: 30_000 })
    expect(electron.dialog.showMessageBox).toHaveBeenCalledWith(
      expect.objectContaining({ detail: 'The library lies on a full disk.' }),
    )
  })

  test('or the application ends', async () => {
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 2 })
    await start()
    says({ kind: 'failed', message: 'No.' })
    engine().emit('exit', 1)
    await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce(), { timeout: 30_000 })
    expect(electron.utilityProcess.all).toHaveLength(1)
  })
})
