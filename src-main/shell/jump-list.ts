import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuActions } from './menu.ts'
import type { Words } from './words.ts'

/** What the task bar (Windows) and the dock (macOS) offer of the application; Linux reads its desktop file. */
export function offerTasks(platform: NodeJS.Platform, words: Words, actions: MenuActions): void {
  if (platform === 'win32') {
    const task = (title: string, link: string) => {
      return { type: 'task' as const, title, description: title, program: process.execPath, args: link }
    }
    const items = [task(words.library, 'clutchcut://library'), task(words.review, 'clutchcut://review')]
    app.setJumpList([{ type: 'tasks', items }])
  }
  if (platform === 'darwin') {
    const items: MenuItemConstructorOptions[] = [
      { label: words.addRecordings, click: () => actions.addRecordings() },
      { label: words.review, click: () => actions.go('#/review') },
    ]
    app.dock?.setMenu(Menu.buildFromTemplate(items))
  }
}
