import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluationDocumentSchema } from '../../src-shared/contract/evaluation-document.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-evaluate')
let match: string

const evaluate = (labels: string, ...more: string[]): Promise<CliResult> =>
  runCli(['evaluate', match, '--labels', labels, '--device', 'cpu', '--data-dir', join(root, 'data'), ...more])
const write = (name: string, text: string): string => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}

/** Two minutes of hum, with a burst of noise and a flash at 0:40. */
beforeAll(async () => {
  const burst = 'between(t,40,43)'
  match = await makeMedia(
    root,
    {
      container: 'mkv',
      seconds: 120,
      video: {
        gop: 60,
        source: `testsrc2=s=160x90:r=30:d=120,hue=s=0.2,drawbox=color=red:t=fill:enable='${burst}'`,
      },
      audio: [{ title: 'Game', source: `aevalsrc='0.02*sin(2*PI*220*t)+${burst}*0.7*(random(0)*2-1)':s=48000:d=120` }],
    },
    'match.mkv',
  )
})

describe('evaluate', () => {
  it('judges what was found by a list of good moments', async () => {
    const labels = write('good.csv', 'start,end,title\n0:36,0:46,the burst\n500,510,too late\n')
    const result = await evaluate(labels, '--json')
    expect([result.stderr, result.code]).toEqual(['', 0])
    const document = evaluationDocumentSchema.parse(JSON.parse(result.stdout))
    expect(document.labels).toMatchObject({ kind: 'moments', moments: 1, outside: 1 })
    expect(document.labels.highlights).toEqual([{ start: 36, end: 46 }])
    // What the model in this checkout makes of hum and noise is not the question here; loudness cannot miss the burst.
    expect(document.found + document.misses.length).toBe(1)
    expect(document.clips.length).toBeLessThanOrEqual(1)
    const of = (name: string) => document.baselines.find((row) => row.name === name)!.measures
    expect(of('loudness').averagePrecision).toBeGreaterThan(2 * of('random').averagePrecision!)
    expect(of('loudness').recall30).toBe(1)
    expect(of('loudness').hit5).toBeGreaterThan(0)
    const text = (await evaluate(labels)).stdout
    expect(text).toContain(`match.mkv: ${document.model.id} ${document.model.version} against`)
    expect(text).toContain('1 good moment (8 % of 2:00, from good.csv)')
    expect(text).toMatch(/^loudness +0\.\d\d/m)
    expect(text).toContain('1 label after the end of the recording: left out')
  })

  it('names what it missed', async () => {
    const text = (await evaluate(write('other.csv', 'time,title\n1:40,nobody saw it\n'), '--top', '1')).stdout
    expect(text).toMatch(/Missed: 1\n {2}1:34 to 1:44 {2}nobody saw it/)
    expect(text).toMatch(/How sure is that\? One good moment says little/)
  })

  it('refuses labels that it cannot use, before it analyses', async () => {
    const cases = [
      ['start,end\n1,2\nx,3\n', 3, 'bad.csv, line 3: "x" is no time'],
      ['time\n600\n', 3, 'after the end of the recording'],
    ] as const
    for (const [text, code, message] of cases) {
      const result = await evaluate(write('bad.csv', text))
      expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)])
    }
    expect((await runCli(['evaluate', match, '--data-dir', join(root, 'data')])).code).toBe(2)
  })
})
