import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { dumpMark, type FeaturesDumpDocument } from '../../src-shared/contract/documents.ts'
import type { ScoreInput } from '../../src-shared/domain/score.ts'
import { PICTURE_BYTES } from '../../src-shared/domain/signal.ts'
import { secondsFromTicks, type Ticks } from '../../src-shared/domain/time.ts'
import { FORMAT_VERSION } from '../adapters/features/format.ts'
import type { TempFiles } from '../adapters/features/partial-file.ts'
import { createNpy, type NpyFile, type NpyType } from '../adapters/features/write-npy.ts'
import { allInputs, buildFeeds, featureNames, maskNames } from '../adapters/onnx/model-inputs.ts'
import { chunkSlots } from '../adapters/onnx/onnx-scorer.ts'
import { picturesFor } from '../adapters/onnx/picture-inputs.ts'
import { weighSignals } from '../stages/score/weigh-signals.ts'
import { writeDocument } from './dump-folder.ts'

/** What is dumped: a scorer's input, and what else is known of the recording. */
export interface DumpSource extends ScoreInput {
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
}

export interface DumpOptions {
  /** The program's version. */
  readonly program: string
  readonly tempFiles: TempFiles
  readonly signal: AbortSignal
}

const score = 'signals_score'

/**
 * Writes what a highlights model is fed for the whole recording, made by the same code chunk by chunk, as NumPy arrays
 * beside a `features.json`. The folder must be prepared. An earlier dump there is replaced once all is written.
 * @throws ClutchcutError `output/…`, `features/unusable`; the signal's reason when aborted.
 */
export async function writeDump(
  source: DumpSource,
  folder: string,
  { program, tempFiles, signal }: DumpOptions,
): Promise<FeaturesDumpDocument> {
  const { length } = source.signals
  const { times } = source.pictures
  const all = picturesFor(times, 0, length)
  const random = randomBytes(6).toString('hex')
  const temp = (name: string): string => join(folder, `.clutchcut-${random}-${name.replace('.', '.partial.')}`)
  const files = new Map<string, NpyFile>()
  const add = async (name: string, type: NpyType, shape: readonly number[]): Promise<void> => {
    const file = `${name}.npy`
    files.set(name, await createNpy(temp(file), join(folder, file), { type, shape }, tempFiles))
  }
  try {
    for (const { name, type, row } of allInputs) {
      await add(name, type, [name === 'pictures' ? Math.max(1, all.count) : length, ...row])
    }
    await add(score, 'float32', [length])
    await files.get(score)!.write(weighSignals(source))
    if (all.count === 0) await files.get('pictures')!.write(new Uint8Array(PICTURE_BYTES))

    let nextPicture = all.first
    for (let from = 0; from < length; from += chunkSlots) {
      signal.throwIfAborted()
      const to = Math.min(length, from + chunkSlots)
      const feeds = await buildFeeds(source, allInputs, from, to)
      const { first, count } = picturesFor(times, from, to)
      for (const [name, { data }] of Object.entries(feeds)) {
        const file = files.get(name)!
        if (name === 'pictures') {
          // Chunks overlap by a picture.
          await file.write((data as Uint8Array).subarray((nextPicture - first) * PICTURE_BYTES, count * PICTURE_BYTES))
        } else if (name === 'picture_index') {
          const shift = BigInt(first - all.first)
          await file.write((data as BigInt64Array).map((index) => index + shift))
        } else await file.write(data)
      }
      nextPicture = first + count
    }

    const dump: FeaturesDumpDocument = {
      kind: dumpMark,
      version: 1,
      program,
      format: FORMAT_VERSION,
      slots: length,
      seconds: secondsFromTicks(source.duration),
      cuts: source.cuts.map(secondsFromTicks),
      pictureTimes: times.slice(all.first, all.first + all.count).map(secondsFromTicks),
      signals: [...featureNames],
      mask: [...maskNames],
    }
    signal.throwIfAborted()
    // Until all is in its place, the folder holds no dump.
    await writeDocument(folder, { kind: dumpMark })
    for (const file of files.values()) await file.publish()
    await writeDocument(folder, dump)
    return dump
  } catch (thrown) {
    for (const file of files.values()) await file.discard()
    throw thrown
  }
}
