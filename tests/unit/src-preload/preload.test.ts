import { beforeAll, expect, test, vi } from 'vitest'
import type { DesktopBridge } from '../../../src-shared/contract/desktop-bridge.ts'
import * as electron from '../../helpers/fake-electron.ts'

vi.mock('electron', () => import('../../helpers/fake-electron.ts'))

const page = { postMessage: vi.fn(), location: { hash: '' } }

let exposed: unknown[][] = []
const bridge = () => exposed[0]?.[1] as DesktopBridge

beforeAll(async () => {
  vi.stubGlobal('window', page)
  await import('../../../src-preload/index.ts')
  exposed = [...electron.contextBridge.exposeInMainWorld.mock.calls]
})

test('hands the page a few frozen functions, and nothing of Electron', () => {
  expect(exposed.map(([name]) => name)).toEqual(['clutchcut'])
  expect(Object.keys(bridge()).toSorted()).toEqual(['pathOf', 'pick', 'platform', 'requestPort'])
  expect(Object.isFrozen(bridge())).toBe(true)
})

test('asks for a connection, and posts it to this very page', () => {
  bridge().requestPort()
  expect(electron.ipcRenderer.send).toHaveBeenCalledWith('clutchcut/port')
  const port = {}
  electron.ipcRenderer.emit('clutchcut/port', { ports: [port] })
  expect(page.postMessage).toHaveBeenCalledWith('clutchcut/port', 'app://clutchcut', [port])
})

test('passes on a choice, and not what else is in it', async () => {
  await bridge().pick({ kind: 'folder', from: '/a', extra: 1 } as never)
  expect(electron.ipcRenderer.invoke).toHaveBeenCalledWith('clutchcut/pick', { kind: 'folder', from: '/a' })
  expect(bridge().pathOf({} as File)).toBe('/videos/a.mkv')
})

test('goes to pages of the interface only', () => {
  electron.ipcRenderer.emit('clutchcut/go', {}, '#/review')
  expect(page.location.hash).toBe('#/review')
  electron.ipcRenderer.emit('clutchcut/go', {}, 'https://example.org')
  expect(page.location.hash).toBe('#/review')
})
