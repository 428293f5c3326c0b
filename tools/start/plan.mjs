// Decides what `npm start` opens. Pure: the machine is a value, so each operating system is tested.
import path from 'node:path'

/**
 * @typedef {{ platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>, checkout: string, exists: (file: string) => boolean }} Machine
 * @typedef {{ kind: 'desktop', program: string } | { kind: 'fetch', program: string } | { kind: 'browser', why: string }} Plan
 */

/**
 * Where Electron's binary is, or would be.
 * @param {Pick<Machine, 'platform' | 'env' | 'checkout'>} machine
 * @returns {string}
 */
export function electronProgram({ platform, env, checkout }) {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] || path.join(checkout, 'node_modules', 'electron', 'dist')
  if (platform === 'darwin') return path.join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron')
  return path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron')
}

/**
 * The desktop application where there is a screen and Electron's binary (or one may be fetched), else the browser.
 * @param {Machine} machine
 * @returns {Plan}
 */
export function planStart({ platform, env, checkout, exists }) {
  if (!hasScreen({ platform, env })) return { kind: 'browser', why: 'There is no screen here' }
  const program = electronProgram({ platform, env, checkout })
  if (exists(program)) return { kind: 'desktop', program }
  if (env['ELECTRON_OVERRIDE_DIST_PATH']) return { kind: 'browser', why: `There is no Electron at ${program}` }
  if (env['CLUTCHCUT_OFFLINE'] === '1') {
    return { kind: 'browser', why: 'Electron’s binary is not here, and CLUTCHCUT_OFFLINE forbids to fetch it' }
  }
  return { kind: 'fetch', program }
}

/**
 * Whether a browser or a window could be shown.
 * @param {Pick<Machine, 'platform' | 'env'>} machine
 * @returns {boolean}
 */
export function hasScreen({ platform, env }) {
  return platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}
