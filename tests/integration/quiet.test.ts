import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analysisDocumentSchema, type AnalysisDocument } from '../../src-shared/contract/documents.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { runCli } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-quiet')
const seconds = 150
/** Somebody types: now and then a second and a half of clicks, 30 dB over the room. */
const typing = 'lt(mod(t,9),1.5)*0.03*(random(0)*2-1)*exp(-60*mod(t,0.16))'
const room = '0.0006*(random(1)*2-1)'
/** A desktop on which a window opens and closes. */
const desktop = `color=0x305070:s=160x90:r=10:d=${seconds},drawbox=x=20:y=15:w=90:h=55:color=0xe0e0e0:t=fill:enable='lt(mod(t,37),18)'`

async function analyse(name: string, picture: string, sound: string): Promise<AnalysisDocument> {
  const video = { gop: 20, fps: '10', source: picture }
  const audio = [{ source: `aevalsrc='${sound}':s=16000:d=${seconds}`, sampleRate: 16_000 }]
  const file = await makeMedia(root, { container: 'mkv', seconds, video, audio }, `${name}.mkv`)
  const result = await runCli(['analyze', file, '--json', '--device', 'cpu', '--data-dir', join(root, 'data')])
  expect(result.code, result.stderr).toBe(0)
  return analysisDocumentSchema.parse(JSON.parse(result.stdout))
}

/** With the model and the threshold that ship. */
describe('a recording in which nothing happens', () => {
  it('gives no clip', async () => {
    const { model, segments } = await analyse('quiet', desktop, `${room}+${typing}`)
    const shipped: unknown = JSON.parse(
      await readFile(join(import.meta.dirname, '../../models/highlights/model.json'), 'utf8'),
    )
    expect(shipped).toMatchObject(model)
    expect(segments.filter(({ selected }) => selected)).toEqual([])
  }, 300_000)

  it('gives one where something does', async () => {
    const bang = 'between(t,80,82)'
    const flash = `${desktop},drawbox=color=white:t=fill:enable='${bang}'`
    const { segments } = await analyse('bang', flash, `${room}+${bang}*0.6*(random(2)*2-1)`)
    const selected = segments.filter((segment) => segment.selected)
    expect(selected).toHaveLength(1)
    expect(selected[0]!.start).toBeLessThan(80)
    expect(selected[0]!.end).toBeGreaterThan(82)
  }, 300_000)
})
