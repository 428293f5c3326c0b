import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { processDocumentSchema } from '../../src-shared/contract/documents.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { runCli } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-dash')

it('a DASH recording is processed, also into its own folder, and stays the recording that it is', async () => {
  const burst = "aevalsrc='0.01*sin(2*PI*220*t)+between(t,15,17)*0.7*(random(0)*2-1)':s=48000:d=30"
  const manifest = await makeMedia(
    root,
    { container: 'dash', seconds: 30, video: { gop: 30 }, audio: [{ source: burst }] },
    'steam',
  )
  const out = dirname(manifest)
  const run = async () => {
    const args = ['process', manifest, '--out', out, '--top', '1', '--json', '--data-dir', `${root}/data`]
    const { stdout, stderr, code } = await runCli(args)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    return processDocumentSchema.parse(JSON.parse(stdout)).recordings[0]!
  }
  const first = await run()
  expect(first.recording.duration).toBeCloseTo(30, 0)
  expect(first.clips).toHaveLength(1)
  const files = readdirSync(out)
  const again = await run()
  expect(again.recording.fingerprint).toBe(first.recording.fingerprint)
  expect(readdirSync(out)).toEqual(files)
})
