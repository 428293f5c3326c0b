import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { electronProgram } from '../../../tools/start/plan.mjs'

const checkout = path.resolve(import.meta.dirname, '..', '..', '..')
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))

interface Config {
  /** As electron-builder keeps them. */
  files: (string | { filter: string[] })[]
  asarUnpack: string[]
  extraResources: { from: string; to: string; filter?: string[] }[]
  electronFuses: Record<string, boolean>
  protocols: { schemes: string[] }[]
  directories: { output: string; buildResources: string }
  win: Record<string, unknown>
  nsis: Record<string, unknown>
  mac: Record<string, unknown> & { target: { target: string; arch: string[] }[] }
  linux: Record<string, unknown> & { target: { target: string; arch: string[] }[] }
}

/** What electron-builder itself reads and checks with; its version is pinned. */
const { getConfig, validateConfiguration } = builder('app-builder-lib/out/util/config/config.js') as {
  getConfig(folder: string, file: string, given: null): Promise<Config>
  validateConfiguration(config: unknown, log: unknown): Promise<void>
}
const { DebugLogger } = builder('builder-util') as { DebugLogger: new (enabled: boolean) => unknown }

let config: Config
let files: string[]
beforeAll(async () => {
  config = await getConfig(checkout, path.join(checkout, 'electron-builder.yml'), null)
  files = config.files.flatMap((file) => (typeof file === 'string' ? file : file.filter))
})

describe('electron-builder.yml', () => {
  test('is one that electron-builder takes', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined()
    await expect(validateConfiguration({ ...config, fuses: {} }, new DebugLogger(false))).rejects.toThrow('fuses')
  })

  test('names only what is there', () => {
    const named = [
      ...config.extraResources.map(({ from }) => from),
      ...config.extraResources.flatMap(({ from, filter = [] }) => filter.map((file) => path.join(from, file))),
      config.directories.buildResources,
      ...[config.mac['entitlements'], config.mac['entitlementsInherit']].map(String),
      path.join(config.directories.buildResources, 'icon.png'),
    ].map((file) => file.replace('/**', ''))
    // It is put there by whoever releases; git ignores it.
    const missing = named.filter((file) => !existsSync(path.join(checkout, file)))
    expect(missing.filter((file) => file !== 'resources/ffmpeg')).toEqual([])
  })

  test('packs native code of each platform that it is packed for', () => {
    const platforms = { darwin: config.mac, linux: config.linux, win32: config.win as typeof config.mac }
    const missing: string[] = []
    for (const [platform, { target }] of Object.entries(platforms)) {
      for (const arch of new Set(target.flatMap((one) => one.arch))) {
        for (const pattern of files.filter((file) => file.includes('${platform}'))) {
          const place = pattern.replace('${platform}', platform).replace('${arch}', arch).replace('/**', '')
          if (!existsSync(path.join(checkout, place))) missing.push(place)
        }
      }
    }
    // ONNX Runtime has none for Intel Macs: there, moments are found by the built-in signals.
    expect(missing).toEqual(['node_modules/onnxruntime-node/bin/napi-v6/darwin/x64'])
  })

  test('names every package that the bundle leaves outside, with all that it asks for', () => {
    const names = new Set(
      files
        .filter((file) => file.startsWith('node_modules/'))
        .flatMap((file) => {
          const [, scope, list, name] = /^node_modules\/(@[^/]+\/)?(?:\{([^}]+)\}|([^/]+))/.exec(file) ?? []
          return (list?.split(',') ?? [name ?? '']).map((one) => `${scope ?? ''}${one}`)
        }),
    )
    // Asked for, but only while something is installed or compiled.
    const unused = new Set(['adm-zip', 'global-agent', 'node-addon-api'])
    for (const name of ['better-sqlite3', 'onnxruntime-node', 'pino']) expect(names).toContain(name)
    const missing = [...names].flatMap((name) => {
      const manifest = path.join(checkout, 'node_modules', name, 'package.json')
      const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object }
      return Object.keys(dependencies).filter((needed) => !names.has(needed) && !unused.has(needed))
    })
    expect(missing).toEqual([])
  })

  test('flips every fuse that makes a hardened application', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('makes what each system’s people expect', () => {
    expect(config.mac.target.map(({ target, arch }) => [target, arch])).toEqual([
      ['dmg', ['arm64', 'x64']],
      ['zip', ['arm64', 'x64']],
    ])
    expect(config.mac['hardenedRuntime']).toBe(true)
    expect(config.linux.target.map(({ target }) => target)).toEqual(['AppImage', 'deb'])
    expect(config.nsis['deleteAppDataOnUninstall']).toBe(false)
    expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual(['clutchcut'])
  })
})

test('what is run from a checkout is what package.json names as the program', () => {
  const { main } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { main: string }
  expect(main).toBe('dist/desktop.mjs')
  expect(electronProgram({ platform: 'linux', env: {}, checkout })).toContain(path.join('electron', 'dist'))
})
