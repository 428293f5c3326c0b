import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { programFolders } from '../../../../src-main/engine/program-folders.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

function place(name: string): string {
  const root = path.join(tempFolder(), name)
  mkdirSync(path.join(root, 'dist'), { recursive: true })
  writeFileSync(path.join(root, 'package.json'), '{}')
  return root
}

test('in a checkout, all lies below it', () => {
  const root = place('checkout')
  expect(programFolders(path.join(root, 'dist'))).toEqual({
    root,
    models: path.join(root, 'models'),
    resources: path.join(root, 'resources'),
    cache: path.join(root, '.cache'),
  })
})

test('packed, what FFmpeg and ONNX Runtime read lies beside the archive', () => {
  const root = place('app.asar')
  const beside = path.dirname(root)
  expect(programFolders(path.join(root, 'dist'))).toMatchObject({
    root,
    models: path.join(beside, 'models'),
    resources: beside,
  })
})
