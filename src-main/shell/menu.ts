import type { MenuItemConstructorOptions } from 'electron'
import type { Words } from './words.ts'

export interface MenuActions {
  addRecordings(): void
  go(route: '#/' | '#/review'): void
  showLogs(): void
}

/** The application menu, as people of each system know it. Pure. */
export function menuTemplate(
  platform: NodeJS.Platform,
  words: Words,
  actions: MenuActions,
  isPackaged: boolean,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const add = { label: words.addRecordings, accelerator: 'CmdOrCtrl+O', click: () => actions.addRecordings() }
  const line: MenuItemConstructorOptions = { type: 'separator' }
  return [
    // macOS takes the first menu for the application's own: about, services, hide, quit.
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: words.file,
      submenu: mac
        ? [add, { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] }, line, { role: 'close' }]
        : [add, line, { role: 'quit', label: words.quit }],
    },
    // Without it, macOS gives text fields no copy and paste.
    { role: 'editMenu', label: words.edit },
    {
      label: words.view,
      submenu: [
        { label: words.library, click: () => actions.go('#/') },
        { label: words.review, click: () => actions.go('#/review') },
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [line, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    mac
      ? { role: 'windowMenu', label: words.window }
      : { label: words.window, submenu: [{ role: 'minimize' }, { role: 'close', label: words.close }] },
    { role: 'help', label: words.help, submenu: [{ label: words.logs, click: () => actions.showLogs() }] },
  ]
}
