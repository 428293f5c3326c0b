import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { jobSpecSchema } from '../../src-shared/contract/job.ts'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { openEngine } from '../../src-main/engine.ts'
import { damageFile } from '../helpers/damage-file.ts'
import { makeMedia, type Recipe } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-fuzz')
const burst = "aevalsrc='0.005*random(0)+if(between(t,11,11.4),0.8*sin(2*PI*2000*t))':s=48000:d=20"
const found = { seconds: 20, audio: [{ source: burst }] }
const recipes: [name: string, recipe: Recipe][] = [
  ['plain.mp4', found],
  ['fragmented.mp4', { ...found, layout: 'fragmented' }],
  ['hybrid.mp4', { ...found, layout: 'hybrid' }],
  ['recording.mov', { ...found, container: 'mov', layout: 'faststart' }],
  ['recording.mkv', { ...found, container: 'mkv' }],
  ['recording.webm', { container: 'webm', video: { codec: 'vp9' }, audio: [{ codec: 'opus' }] }],
  ['recording.avi', { ...found, container: 'avi', video: { codec: 'mjpeg' } }],
  ['recording.flv', { ...found, container: 'flv' }],
  ['recording.ts', { ...found, container: 'ts' }],
  ['dash', { container: 'dash', seconds: 4 }],
  ['sound.wav', { container: 'wav', video: null, audio: [{ codec: 'pcm' }] }],
]
/** Twenty-two take some ten seconds: set it to look for more. */
const rounds = Number(process.env['CLUTCHCUT_FUZZ_ROUNDS'] ?? 22)
const firstSeed = Number(process.env['CLUTCHCUT_FUZZ_SEED'] ?? 1000)

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

it(
  'a damaged recording is used as far as it goes, or refused: never an unexpected error, a leftover or a change to it',
  async () => {
    const files: string[] = []
    for (const [name, recipe] of recipes) files.push(await makeMedia(root, recipe, name))
    const engine = await openEngine({
      dataDir: join(root, 'data'),
      logger: pino({ level: 'silent' }),
      host: createNodeHostServices(),
    })
    const out = join(root, 'out')
    const outcomes: string[] = []
    for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
      const source = files[seed % files.length] ?? ''
      const folder = join(root, `damaged-${seed}`)
      mkdirSync(folder)
      const file = join(folder, basename(source))
      let damaged = basename(source)
      if (damaged === 'session.mpd') {
        cpSync(dirname(source), folder, { recursive: true })
        const names = readdirSync(folder).toSorted()
        damaged = names[seed % names.length] ?? damaged
      }
      const what = damageFile(join(dirname(source), damaged), join(folder, damaged), seed)
      const before = hashOf(file)
      const cut = seed % 2 === 0 ? 'encode' : null
      const spec = jobSpecSchema.parse({ kind: 'process', path: file, outputFolder: out, top: 1, cut, device: 'cpu' })
      const outcome = await engine.queue.runSpec(spec, { signal: AbortSignal.timeout(60_000) })
      const said = outcome.kind === 'failed' ? `${outcome.error.code}: ${outcome.error.message}` : outcome.kind
      // Where pictures are lost, the clip is checked against what was promised, and refused.
      expect(said, `seed ${seed}, ${damaged}: ${what}`).toMatch(/^(done|input\/|ffmpeg\/failed: A clip was made, but)/)
      outcomes.push(said)
      expect(hashOf(file)).toBe(before)
      expect(existsSync(out) ? readdirSync(out).filter((name) => name.includes('.partial.')) : []).toEqual([])
      expect(engine.library.tempFiles.list()).toEqual([])
      rmSync(folder, { recursive: true })
    }
    const features = readdirSync(join(root, 'data', 'features'))
    expect(features.filter((name) => !name.endsWith('.features'))).toEqual([])
    await engine.close()
    // Both ends were seen, or the damage is too little or too much.
    expect(outcomes).toContain('done')
    expect(outcomes.some((said) => said.startsWith('input/'))).toBe(true)
  },
  120_000 + rounds * 5_000,
)
