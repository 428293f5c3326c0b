import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { look } from '../../src-main/adapters/ffmpeg/look.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { findFacecam, LOOK } from '../../src-main/stages/frame/detect-facecam.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { makeOverlay, overlapOf, type Overlay } from '../helpers/make-overlay.ts'

const usage = `Usage: node tests/bench/facecam.ts [options]

How well cameras are found in generated pictures and in recordings. Use seeds that nothing was tuned on.

  --seed N            the first seed (default 1)
  --cameras N         generated games with a camera (default 50)
  --games N           generated games without one, half of them full of what moves like one (default 40)
  --recordings PATH   recordings without a camera, or folders of them: nothing may be found in them as they are, and
                      cameras are drawn into them; may be given more than once
`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cameras: { type: 'string', default: '50' },
    games: { type: 'string', default: '40' },
    recordings: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(usage)
  process.exit(0)
}
const seed = Number(values.seed)
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const signal = new AbortController().signal

interface Count {
  all: number
  found: number
  elsewhere: number
}
let spent = 0
let looked = 0

function findIn(overlay: Pick<Overlay, 'stack'>): ReturnType<typeof findFacecam> {
  const begin = performance.now()
  const found = findFacecam(overlay.stack)
  spent += performance.now() - begin
  looked += 1
  return found
}

function count(title: string, overlays: Iterable<Overlay>): void {
  const { all, found, elsewhere } = [...measured(overlays)].reduce<Count>(
    (sum, { overlap }) => ({
      all: sum.all + 1,
      found: sum.found + (overlap !== null && overlap >= 0.9 ? 1 : 0),
      elsewhere: sum.elsewhere + (overlap !== null && overlap < 0.9 ? 1 : 0),
    }),
    { all: 0, found: 0, elsewhere: 0 },
  )
  say(`${title}: ${found} of ${all} found (overlap of at least 0.9), ${elsewhere} at another place or size`)
}

function* measured(overlays: Iterable<Overlay>): Generator<{ overlap: number | null }> {
  for (const overlay of overlays) {
    const found = findIn(overlay)
    const overlap = found && overlapOf(found, overlay.facecam!)
    if (overlap === null || overlap < 0.9) say(`  ${overlap?.toFixed(2) ?? 'none'} ${overlay.what}`)
    yield { overlap }
  }
}

function* generated(from: number, many: number, options: { camera: boolean; hud: boolean }): Generator<Overlay> {
  for (let i = 0; i < many; i++) yield makeOverlay(from + i, options)
}

function invented(title: string, overlays: Iterable<Overlay>): void {
  let [all, wrong] = [0, 0]
  for (const overlay of overlays) {
    all += 1
    const found = findIn(overlay)
    if (found === null) continue
    wrong += 1
    say(`  ${JSON.stringify(found)} ${overlay.what}`)
  }
  say(`${title}: ${wrong} of ${all} invented`)
}

async function recordings(): Promise<{ name: string; game: Uint8Array[] }[]> {
  const runner = await testRunner()
  const files = values.recordings.flatMap((place) =>
    statSync(place).isDirectory()
      ? readdirSync(place).flatMap((name) => (/\.(mp4|mkv|mov|flv|avi|ts)$/.test(name) ? [path.join(place, name)] : []))
      : [place],
  )
  const read: { name: string; game: Uint8Array[] }[] = []
  for (const file of files) {
    const source = await checkSource(path.resolve(file))
    const media = await probe(runner, source, { signal })
    const game = await look(runner, source, media, media.duration ?? 0, LOOK, { signal })
    if (game.length >= 12) read.push({ name: path.basename(file), game })
    else say(`  ${file}: only ${game.length} pictures`)
  }
  return read
}

const [cameras, games] = [Number(values.cameras), Number(values.games)]
count('Cameras', generated(seed, cameras - Math.floor(cameras / 2), { camera: true, hud: false }))
count('Cameras among what moves', generated(seed + 1000, Math.floor(cameras / 2), { camera: true, hud: true }))
invented('Games', generated(seed + 2000, games - Math.floor(games / 2), { camera: false, hud: false }))
invented('Games full of what moves', generated(seed + 3000, Math.floor(games / 2), { camera: false, hud: true }))
const real = await recordings()
if (real.length > 0) {
  const of = (from: number, camera: boolean, hud: boolean): Overlay[] =>
    real.map(({ name, game }, i) => {
      const overlay = makeOverlay(seed + from + i, { camera, hud, game })
      return { ...overlay, what: `${name}, ${overlay.what}` }
    })
  count('Cameras in recordings', of(4000, true, false))
  const plain = real.map(({ name, game }) => ({
    stack: { width: LOOK.width, height: LOOK.height, frames: game },
    facecam: null,
    extras: [],
    what: name,
  }))
  invented('Recordings', plain)
  invented('Recordings with what moves drawn into them', of(5000, false, true))
}
say(`${Math.round(spent / looked)} ms for each`)
