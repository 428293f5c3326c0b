import { render } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { ChoosePath } from '../../src-renderer/browse/choose-path.tsx'
import { mediaUrl } from '../../src-renderer/player/media-url.ts'
import type { DesktopBridge } from '../../src-shared/contract/desktop-bridge.ts'

const pick = vi.fn<DesktopBridge['pick']>()
const desktop = () => Object.assign(window, { clutchcut: { pick } })
afterEach(() => {
  delete (window as { clutchcut?: unknown }).clutchcut
})

it.each([
  [['/clips'], [['/clips']]],
  [[], []],
])('in the desktop, a folder is chosen in the system’s own dialog: %j', async (chosen, told) => {
  desktop()
  pick.mockReset().mockResolvedValue(chosen)
  const [onChoose, onClose] = [vi.fn(), vi.fn()]
  const props = { title: 'Folder', what: 'folder' as const, from: '/videos', onClose }
  const { rerender, container } = render(<ChoosePath {...props} onChoose={vi.fn()} />)
  // What it belongs to is drawn anew while the dialog is open.
  rerender(<ChoosePath {...props} onChoose={onChoose} />)
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  expect(onChoose.mock.calls).toEqual(told)
  expect(pick.mock.calls).toEqual([[{ kind: 'folder', from: '/videos' }]])
  expect(container.textContent).toBe('')
})

it('and videos come through its own protocol', () => {
  expect(mediaUrl('/media/recording/1')).toBe('/media/recording/1')
  desktop()
  expect(mediaUrl('/media/recording/1')).toBe('media://clutchcut/media/recording/1')
})
