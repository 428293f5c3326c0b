import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Electron's fuses, in the order in which they lie in its binary (`@electron/fuses`, `FuseV1Options`). */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

/** What stands before the fuses in every Electron. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')

/** A folder that electron-builder takes for Electron's, for machines that cannot have it: nothing in it but fuses. */
export function makeHollowElectron(folder: string, version: string): string {
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  const wire = Buffer.concat([Buffer.from([1, 9]), Buffer.from('101100010')])
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 7\n'), sentinel, wire]))
  chmodSync(path.join(folder, 'electron'), 0o755)
  writeFileSync(path.join(folder, 'version'), version)
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'resources.pak']) {
    writeFileSync(path.join(folder, file), '')
  }
  return folder
}

/** Which fuses of a binary are on. */
export function readFuses(binary: Buffer): Record<string, boolean> {
  const first = binary.indexOf(sentinel) + sentinel.length + 2
  return Object.fromEntries(fuseNames.map((name, n) => [name, binary[first + n] === '1'.charCodeAt(0)]))
}
