import { ipcMain, MessageChannelMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { channels, pickKinds, type PickRequest } from '../../src-shared/contract/desktop-bridge.ts'
import { isOurs } from './web-security.ts'

export interface WindowCallsDeps {
  window(): BrowserWindow | null
  /** Gives a window's end of a connection to the engine. */
  connect(port: Electron.MessagePortMain): void
  pick(request: PickRequest): Promise<readonly string[]>
}

/** Answers the preload script. Only the main frame of our own window, on our own page, is listened to. */
export function answerWindowCalls({ window, connect, pick }: WindowCallsDeps): void {
  const isOwn = ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const contents = window()?.webContents
    return contents === sender && senderFrame === contents.mainFrame && isOurs(senderFrame.url)
  }
  ipcMain.on(channels.port, (event) => {
    if (!isOwn(event)) return
    const { port1, port2 } = new MessageChannelMain()
    connect(port1)
    event.senderFrame?.postMessage(channels.port, null, [port2])
  })
  ipcMain.handle(channels.pick, async (event, request: unknown) => {
    if (!isOwn(event)) throw new Error('This is not for you.')
    return pick(readRequest(request))
  })
}

/** A page may be made to say anything. */
function readRequest(request: unknown): PickRequest {
  const { kind, from } = (typeof request === 'object' && request !== null ? request : {}) as Partial<PickRequest>
  const known = pickKinds.find((one) => one === kind)
  if (known === undefined) throw new Error('There is no such dialog.')
  return { kind: known, from: typeof from === 'string' && from.length <= 4096 ? from : null }
}
