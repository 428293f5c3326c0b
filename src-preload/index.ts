import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { appOrigin, channels, portMessage, type DesktopBridge } from '../src-shared/contract/desktop-bridge.ts'

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(channels.port),
  pathOf: (file) => webUtils.getPathForFile(file),
  pick: ({ kind, from }) => ipcRenderer.invoke(channels.pick, { kind, from }) as Promise<readonly string[]>,
  platform: process.platform as DesktopBridge['platform'],
}

// A port cannot cross the bridge; to the window itself it may be posted.
ipcRenderer.on(channels.port, ({ ports }) => window.postMessage(portMessage, appOrigin, [...ports]))
ipcRenderer.on(channels.go, (_event, route: unknown) => {
  if (typeof route === 'string' && route.startsWith('#/')) window.location.hash = route
})
contextBridge.exposeInMainWorld('clutchcut', Object.freeze(bridge))
