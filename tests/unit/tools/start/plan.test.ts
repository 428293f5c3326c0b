import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { electronProgram, hasScreen, planStart } from '../../../../tools/start/plan.mjs'

const checkout = path.resolve('/checkout')
const machine = { platform: 'linux' as NodeJS.Platform, env: { DISPLAY: ':0' }, checkout, exists: () => true }

describe('npm start opens', () => {
  test('the desktop application where Electron’s binary is', () => {
    const program = path.join(checkout, 'node_modules', 'electron', 'dist', 'electron')
    expect(planStart(machine)).toEqual({ kind: 'desktop', program })
    expect(planStart({ ...machine, platform: 'win32', env: {} })).toMatchObject({ kind: 'desktop' })
  })

  test('the binary that a person names, and no other', () => {
    const folder = path.resolve('/elsewhere')
    const env = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder }
    expect(planStart({ ...machine, env })).toEqual({ kind: 'desktop', program: path.join(folder, 'electron') })
    expect(planStart({ ...machine, env, exists: () => false })).toMatchObject({ kind: 'browser' })
  })

  test('the browser without a screen, and where nothing may be fetched', () => {
    expect(planStart({ ...machine, env: {} })).toMatchObject({ kind: 'browser', why: 'There is no screen here' })
    const env = { WAYLAND_DISPLAY: 'wayland-0', CLUTCHCUT_OFFLINE: '1' }
    expect(planStart({ ...machine, env, exists: () => false })).toMatchObject({ kind: 'browser' })
  })

  test('and else tries to fetch it', () => {
    expect(planStart({ ...machine, exists: () => false })).toMatchObject({ kind: 'fetch' })
  })
})

test('each system has its own name for the binary', () => {
  const place = (platform: NodeJS.Platform): string =>
    path.relative(checkout, electronProgram({ platform, env: {}, checkout })).replaceAll('\\', '/')
  expect(place('darwin')).toBe('node_modules/electron/dist/Electron.app/Contents/MacOS/Electron')
  expect(place('win32')).toBe('node_modules/electron/dist/electron.exe')
})

test('only Linux may be without a screen', () => {
  expect(hasScreen({ platform: 'darwin', env: {} })).toBe(true)
  expect(hasScreen({ platform: 'linux', env: { DISPLAY: '' } })).toBe(false)
})
