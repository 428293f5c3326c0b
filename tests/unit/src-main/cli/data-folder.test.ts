import { describe, expect, it } from 'vitest'
import { defaultDataFolder } from '../../../../src-main/cli/data-folder.ts'

describe('defaultDataFolder', () => {
  it.each([
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\ana', 'D:\\Local\\Clutchcut'],
    ['win32', {}, 'C:\\Users\\ana', 'C:\\Users\\ana\\AppData\\Local\\Clutchcut'],
    ['darwin', {}, '/Users/ana', '/Users/ana/Library/Application Support/Clutchcut'],
    ['linux', {}, '/home/ana', '/home/ana/.local/share/clutchcut'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/ana', '/data/clutchcut'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ana', '/home/ana/.local/share/clutchcut'],
    ['linux', { CLUTCHCUT_DATA_DIR: '/elsewhere' }, '/home/ana', '/elsewhere'],
  ] as const)('%s with %o', (platform, env, home, expected) => {
    expect(defaultDataFolder({ platform, env, home })).toBe(expected)
  })
})
