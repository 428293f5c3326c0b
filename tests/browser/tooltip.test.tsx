import { cleanup, render } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { expect, it } from 'vitest'
import { IconButton } from '../../src-renderer/components/button.tsx'
import { Tooltips } from '../../src-renderer/components/tooltip.tsx'

const shown = (): string | null => document.querySelector('[role=tooltip]')?.textContent ?? null

function show() {
  const { getByRole } = render(
    <>
      <p>Nothing to say</p>
      <div style={{ position: 'fixed', top: 0, right: 0 }}>
        <IconButton label="In the corner" shortcut="Ctrl+K">
          x
        </IconButton>
      </div>
      <div style={{ position: 'fixed', top: 200, left: 200 }}>
        <IconButton label="In the middle">y</IconButton>
      </div>
      <Tooltips />
    </>,
  )
  return (name: string) => getByRole('button', { name })
}

it('what the mouse rests on says what it does, within the window, until the mouse is elsewhere', async () => {
  const button = show()
  await userEvent.hover(button('In the corner'))
  await expect.poll(shown).toBe('In the cornerCtrlK')
  const box = document.querySelector('[role=tooltip]')!.getBoundingClientRect()
  expect(box.right).toBeLessThanOrEqual(window.innerWidth)
  expect(box.top).toBeGreaterThanOrEqual(button('In the corner').getBoundingClientRect().bottom)
  await userEvent.hover(button('In the middle'))
  await expect.poll(shown).toBe('In the middle')
  const above = document.querySelector('[role=tooltip]')!.getBoundingClientRect()
  expect(above.bottom).toBeLessThanOrEqual(button('In the middle').getBoundingClientRect().top)
  await userEvent.hover(document.querySelector('p')!)
  await expect.poll(shown).toBeNull()
})

it('what the keyboard comes to does so at once; Escape, pressing and leaving end it', async () => {
  const button = show()
  await userEvent.keyboard('{Tab}')
  expect(document.activeElement).toBe(button('In the corner'))
  await expect.poll(shown).toBe('In the cornerCtrlK')
  // As when the page changes under a mouse that lies still.
  document.querySelector('p')!.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }))
  expect(shown()).toBe('In the cornerCtrlK')
  await userEvent.keyboard('{Escape}')
  await expect.poll(shown).toBeNull()
  await userEvent.keyboard('{Tab}')
  await expect.poll(shown).toBe('In the middle')
  await userEvent.click(button('In the middle'))
  await expect.poll(shown).toBeNull()
  cleanup()
  expect(shown()).toBeNull()
})
