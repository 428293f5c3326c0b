import { afterEach, expect, it, vi } from 'vitest'
import { openPortLine } from '../../src-renderer/connection/port-line.ts'
import { portMessage, type DesktopBridge } from '../../src-shared/contract/desktop-bridge.ts'

afterEach(() => void vi.useRealTimers())

const bridge = (requestPort: () => void) => ({ requestPort }) as unknown as DesktopBridge
const handOver = (port: MessagePort, data: unknown = portMessage): void =>
  window.postMessage(data, { transfer: [port] })

it('takes the port that this window is handed, and nothing else', async () => {
  const strange = new MessageChannel()
  const { port1, port2 } = new MessageChannel()
  const started = vi.spyOn(MessagePort.prototype, 'start')
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const opening = openPortLine(
    bridge(() => {
      handOver(strange.port1, 'something else')
      // From another window, whatever it says.
      const foreign = new MessageEvent('message', {
        data: portMessage,
        source: frame.contentWindow,
        ports: [strange.port2],
      })
      window.dispatchEvent(foreign)
      handOver(port1)
    }),
  )(new AbortController().signal)
  const line = await opening
  expect(started).toHaveBeenCalledTimes(1)
  const heard = new Promise((resolve) => port2.addEventListener('message', resolve, { once: true }))
  port2.onmessage = () => {}
  void line.link.call(['app', 'info'], undefined, { context: {} }).catch(() => null)
  await heard
  // Electron tells of the other end's going; Chromium itself does not.
  const [port] = started.mock.contexts as MessagePort[]
  port?.dispatchEvent(new Event('close'))
  await line.closed
  port2.close()
  frame.remove()
})

it('says that nobody answers when no port comes, and stops waiting when it is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const ended = new AbortController()
  const opening = openPortLine(bridge(() => {}))(ended.signal)
  const refused = opening.catch((error: unknown) => error)
  ended.abort()
  expect(await refused).toMatchObject({ code: 'connection/lost' })
})
