import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { menuTemplate } from '../../../../src-main/shell/menu.ts'
import { wordsFor } from '../../../../src-main/shell/words.ts'

vi.mock('electron', () => import('../../../helpers/fake-electron.ts'))

const actions = { addRecordings: vi.fn(), go: vi.fn(), showLogs: vi.fn() }
const menu = (platform: NodeJS.Platform, isPackaged = true) =>
  menuTemplate(platform, wordsFor('en'), actions, isPackaged)
const itemsOf = (template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
const roles = (template: MenuItemConstructorOptions[]) => [...template, ...itemsOf(template)].map(({ role }) => role)

test('macOS has the application’s menu first, and quits from there', () => {
  const template = menu('darwin')
  expect(template[0]).toEqual({ role: 'appMenu' })
  expect(roles(template)).toContain('recentDocuments')
  expect(roles(template)).toContain('windowMenu')
  expect(itemsOf(template).map(({ role }) => role)).not.toContain('quit')
})

test.each(['win32', 'linux'] as const)('%s quits from the file menu', (platform) => {
  const template = menu(platform)
  expect(template[0]).toMatchObject({ label: 'File' })
  expect(roles(template)).toContain('quit')
  expect(roles(template)).not.toContain('appMenu')
})

test('every system can copy and paste in text fields', () => {
  for (const platform of ['win32', 'darwin', 'linux'] as const) expect(roles(menu(platform))).toContain('editMenu')
})

test('developer tools are for checkouts', () => {
  expect(roles(menu('linux'))).not.toContain('toggleDevTools')
  expect(roles(menu('linux', false))).toContain('toggleDevTools')
})

test('its own items do what they say', () => {
  const click = (label: string): void => {
    const item = itemsOf(menu('linux')).find((one) => one.label === label)
    item?.click?.(undefined as never, undefined, undefined as never)
  }
  click('Add Recordings…')
  click('Review')
  click('Show Logs')
  expect(actions.addRecordings).toHaveBeenCalledOnce()
  expect(actions.go).toHaveBeenCalledWith('#/review')
  expect(actions.showLogs).toHaveBeenCalledOnce()
})

test('it speaks the chosen language, or the system’s', () => {
  expect(menuTemplate('linux', wordsFor('de'), actions, true)[0]?.label).toBe('Datei')
  expect(wordsFor('system').file).toBe('File')
  expect(Object.keys(wordsFor('de'))).toEqual(Object.keys(wordsFor('en')))
})
