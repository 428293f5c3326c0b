import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, Menu, shell } from 'electron'
import type { ShellSettings } from '../../src-shared/contract/shell-messages.ts'
import { parseDeepLink, readArguments } from './deep-link.ts'
import { createDesktopWork } from './desktop-work.ts'
import { createEngineProcess, type EngineProcessOptions } from './engine-process.ts'
import { serveHostAsk } from './host-asks.ts'
import { offerTasks } from './jump-list.ts'
import { createMainWindow } from './main-window.ts'
import { menuTemplate, type MenuActions } from './menu.ts'
import { createPicker } from './pick.ts'
import { answerSchemes, registerSchemes, type ProtocolDeps } from './protocols.ts'
import { secureWeb } from './web-security.ts'
import { answerWindowCalls } from './window-calls.ts'
import { wordsFor, type Words } from './words.ts'

export interface ShellOptions {
  readonly platform: NodeJS.Platform
  readonly argv: readonly string[]
  readonly workingFolder: string
  /** Where the library lies. */
  readonly dataFolder: string
  readonly preload: string
  readonly programs: EngineProcessOptions['programs']
  readonly findPage: ProtocolDeps['findPage']
}

/**
 * The desktop application. One at a time for each library: a second one hands over what it was asked to open and goes.
 * Resolves when its window was asked for, or when this is not the first.
 */
export async function startShell(options: ShellOptions): Promise<void> {
  const { platform, dataFolder } = options
  const own = join(dataFolder, 'desktop')
  // Chromium's own files lie apart from the library; the lock below is one for each such folder, which must be there.
  mkdirSync(own, { recursive: true })
  app.setPath('userData', own)
  if (platform === 'win32') app.setAppUserModelId('app.clutchcut.desktop')
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  registerSchemes()
  if (app.isPackaged) app.setAsDefaultProtocolClient('clutchcut')

  let language: ShellSettings['language'] = 'system'
  const words = (): Words => wordsFor(language)
  const main = createMainWindow({ preload: options.preload, stateFile: join(own, 'window.json') })
  const pick = createPicker(words)
  const desktop = createDesktopWork({ platform, window: () => main.window, words, go: main.go })
  const showLogs = (): void => void shell.openPath(join(dataFolder, 'logs'))
  const actions: MenuActions = {
    go: main.go,
    showLogs,
    addRecordings: () => void pick(main.window, { kind: 'recordings', from: null }).then(openFiles),
  }
  const engine = createEngineProcess({
    programs: options.programs,
    args: ['--data-dir', dataFolder],
    inheritOutput: !app.isPackaged,
    serve: serveHostAsk,
    onNews(news) {
      if (news.kind === 'work') desktop.work(news.work)
      else if (news.kind === 'notice') desktop.notice(news.notice)
      else {
        desktop.settings(news.settings)
        if (news.settings.language !== language) {
          language = news.settings.language
          dressUp()
        }
      }
    },
    onCrash({ startedAgain }) {
      if (startedAgain) desktop.say(words().restarted)
      else void askWhatNow(words().crashing, words().crashingDetail)
    },
    onFailed: (message) => void askWhatNow(words().failed, message),
  })

  function dressUp(): void {
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform, words(), actions, app.isPackaged)))
    offerTasks(platform, words(), actions)
  }

  /** The window may be behind it: it says that the engine is away, and connects again by itself. */
  async function askWhatNow(message: string, detail: string): Promise<void> {
    const { again, logs, quit } = words()
    const buttons = [again, logs, quit]
    const { response } = await dialog.showMessageBox({ type: 'error', message, detail, buttons, cancelId: 2 })
    if (response === 0) return engine.start()
    if (response === 1) showLogs()
    app.quit()
  }

  function openFiles(paths: readonly string[]): void {
    if (paths.length === 0) return
    for (const path of paths) app.addRecentDocument(path)
    main.go('#/')
    engine.open(paths)
  }

  function openAll({ links, files }: ReturnType<typeof readArguments>): void {
    const [link] = links
    if (link === undefined) main.show()
    else main.go(link)
    openFiles(files)
  }

  app.on('second-instance', (_event, argv, workingFolder) => openAll(readArguments(argv, workingFolder, platform)))
  // macOS hands over links and files as events; the first may come before it is ready.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const route = parseDeepLink(url)
    if (route !== null) void app.whenReady().then(() => main.go(route))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void app.whenReady().then(() => openAll(readArguments(['', path], '/', platform)))
  })
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit()
  })
  let ended = false
  app.on('will-quit', (event) => {
    if (ended) return
    // Jobs are put back into the queue first.
    event.preventDefault()
    void engine.close().finally(() => {
      ended = true
      app.quit()
    })
  })

  // Before that there are neither screens nor sessions nor windows.
  await app.whenReady()
  secureWeb()
  app.on('activate', () => main.show())
  answerSchemes({ findPage: options.findPage, media: engine.media })
  answerWindowCalls({
    window: () => main.window,
    connect: engine.connect,
    pick: (request) => pick(main.window, request),
  })
  dressUp()
  engine.start()
  openAll(readArguments(options.argv, options.workingFolder, platform))
}
