import { shell } from 'electron'
import type { HostAsk } from '../../src-shared/contract/shell-messages.ts'
import { isAllowedLink } from './allowed-link.ts'
import { copyFile } from './copy-file.ts'

/** Does for the engine what only the shell can. */
export async function serveHostAsk(what: HostAsk, value: string): Promise<void> {
  switch (what) {
    case 'trash':
      return shell.trashItem(value)
    case 'revealInFolder':
      return shell.showItemInFolder(value)
    case 'copyFile':
      return copyFile(value, process.platform)
    case 'openExternal':
      if (!isAllowedLink(value)) throw new Error(`Only web pages and mail are opened, not ${value.slice(0, 80)}.`)
      return shell.openExternal(value)
  }
}
