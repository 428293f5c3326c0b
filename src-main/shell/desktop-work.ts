import { app, Notification, powerSaveBlocker, type BrowserWindow } from 'electron'
import type { Notice } from '../../src-shared/contract/events.ts'
import type { ShellSettings, Work } from '../../src-shared/contract/shell-messages.ts'
import type { Words } from './words.ts'

export interface DesktopWorkDeps {
  readonly platform: NodeJS.Platform
  window(): BrowserWindow | null
  words(): Words
  /** Shows what a notice is about. */
  go(route: `#/${string}`): void
}

export interface DesktopWork {
  work(work: Work): void
  settings(settings: ShellSettings): void
  notice(notice: Notice): void
  say(text: string): void
}

/** What the rest of the system sees of the work that goes on. */
export function createDesktopWork({ platform, window, words, go }: DesktopWorkDeps): DesktopWork {
  let blocker: number | null = null
  let wanted: ShellSettings | null = null
  /** The system removes what nobody holds, and its click with it. */
  const shown = new Set<Notification>()

  function show(title: string, body: string, route: `#/${string}` | null): void {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title, body })
    shown.add(notification)
    const forget = (): void => void shown.delete(notification)
    notification.on('click', () => {
      forget()
      go(route ?? '#/')
    })
    notification.on('close', forget)
    notification.on('failed', forget)
    notification.show()
  }

  return {
    work({ running, fraction }) {
      if (running > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker)
        blocker = null
      }
      // Below 0 there is no bar; above 1 it moves without saying how far.
      window()?.setProgressBar(running === 0 ? -1 : (fraction ?? 2))
    },
    settings(settings) {
      // In a checkout it would start a bare Electron.
      if (app.isPackaged && platform !== 'linux' && settings.startAtLogin !== wanted?.startAtLogin) {
        app.setLoginItemSettings({ openAtLogin: settings.startAtLogin })
      }
      wanted = settings
    },
    notice({ outcome, title, clips, failure, recordingId }) {
      // Who looks at the window sees it there.
      if (wanted?.notifications === false || window()?.isFocused() === true) return
      const { done, wentWrong } = words()
      const route = recordingId === null ? null : (`#/recordings/${recordingId}` as const)
      show(outcome === 'done' ? done(title, clips) : wentWrong(title), failure?.message ?? '', route)
    },
    say(text) {
      show(app.name, text, null)
    },
  }
}
