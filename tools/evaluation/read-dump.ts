import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { featuresDumpDocumentSchema } from '../../src-shared/contract/documents.ts'
import { melDecibels, MEL_BANDS, MEL_PATCH, MEL_ROWS } from '../../src-shared/domain/signal.ts'
import type { Signals } from '../../src-shared/domain/signal.ts'
import { readNpy } from './npy.ts'

/** What a dump of `clutchcut analyze --dump-features` says of a recording. */
export interface Dump {
  readonly slots: number
  readonly seconds: number
  readonly cuts: readonly number[]
  /** z-scores only, game sound as track 0, microphones left out. */
  readonly signals: Signals
  /** Level of the game's sound in dB; NaN where there is none. */
  readonly loudness: Float64Array
  /** Loudness and speech of all that sounds, as z-scores; NaN where nothing is known. */
  readonly noise: Float64Array
  /** The built-in score. */
  readonly signalsScore: Float32Array
}

const soundIn = ['audio.rms', 'audio.speech']

/** @throws Error when the folder holds no dump, or one that is not whole. */
export async function readDump(folder: string): Promise<Dump> {
  const document = featuresDumpDocumentSchema.parse(JSON.parse(await readFile(join(folder, 'features.json'), 'utf8')))
  const { slots, seconds, cuts } = document
  const read = async (name: string, width: number): Promise<Float32Array | Uint8Array> => {
    const { data } = await readNpy(join(folder, `${name}.npy`))
    if (data.length !== slots * width)
      throw new Error(`${folder}: ${name}.npy has ${data.length} values, not ${slots} × ${width}.`)
    return data
  }
  const z = await read('signals', document.signals.length)
  const mask = await read('mask', document.mask.length)
  const mel = await read('mel', MEL_PATCH)
  const signalsScore = Float32Array.from(await read('signals_score', 1))
  const column = (data: ArrayLike<number>, width: number, at: number): Float32Array =>
    Float32Array.from({ length: slots }, (_, i) => data[i * width + at]!)
  const known = (name: string): Uint8Array => {
    const at = document.mask.indexOf(name)
    if (at < 0) throw new Error(`${folder}: there is no mask called "${name}".`)
    return Uint8Array.from(column(mask, document.mask.length, at))
  }
  const columns = document.signals.map((name, at) => {
    const [owner, id] = name.includes(':') ? name.split(':') : [name.split('.')[0], name]
    if (owner === undefined || id === undefined) throw new Error(`${folder}: a column is called "${name}".`)
    return { owner, id, z: column(z, document.signals.length, at), valid: known(owner) }
  })
  return {
    ...{ slots, seconds, cuts, signalsScore },
    signals: {
      rate: 2,
      length: slots,
      curves: columns
        .filter(({ owner }) => owner !== 'mic')
        .map(({ owner, id, ...curve }) => ({
          ...{ id, track: owner === 'game' ? 0 : null, unit: '' },
          ...{ ...curve, values: new Float32Array(slots) },
        })),
    },
    loudness: loudnessOf(mel, known('game')),
    noise: Float64Array.from({ length: slots }, (_, i) => {
      const heard = columns.filter(({ id, valid }) => soundIn.includes(id) && valid[i] === 1)
      return heard.length === 0 ? Number.NaN : heard.reduce((sum, curve) => sum + curve.z[i]!, 0) / heard.length
    }),
  }
}

/** Power of all bands of the log-mel spectrogram, mean over the slot. */
function loudnessOf(mel: ArrayLike<number>, valid: Uint8Array): Float64Array {
  const power = Float64Array.from({ length: 256 }, (_, byte) => 10 ** (melDecibels(byte) / 10))
  return Float64Array.from(valid, (isKnown, i) => {
    if (isKnown === 0) return Number.NaN
    let sum = 0
    for (let k = i * MEL_ROWS * MEL_BANDS; k < (i + 1) * MEL_ROWS * MEL_BANDS; k++) sum += power[mel[k]!]!
    return 10 * Math.log10(sum / MEL_ROWS)
  })
}
