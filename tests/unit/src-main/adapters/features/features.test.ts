import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openFeatures } from '../../../../../src-main/adapters/features/read-features.ts'
import { createFeaturesFile } from '../../../../../src-main/adapters/features/write-features.ts'
import {
  audioCurves,
  MEL_PATCH,
  PICTURE_BYTES,
  pictureCurves,
  type SignalCurve,
} from '../../../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-features')

function curve(id: string, track: number | null, slots: number): SignalCurve {
  return {
    ...{ id, track, unit: 'dB' },
    values: Float32Array.from({ length: slots }, (_, i) => i / 3),
    z: Float32Array.from({ length: slots }, (_, i) => Math.sin(i)),
    valid: Uint8Array.from({ length: slots }, (_, i) => (i % 5 === 0 ? 0 : 1)),
  }
}

const patch = (track: number, slot: number): Uint8Array =>
  Uint8Array.from({ length: MEL_PATCH }, (_, i) => (track * 31 + slot * 7 + i) % 256)

/** Noise for an even number, flat for an odd one: packed, the one is as long as ever and the other nothing. */
const picture = (number: number): Uint8Array =>
  Uint8Array.from({ length: PICTURE_BYTES }, (_, i) =>
    number % 2 === 0 ? Math.imul(i + number + 1, 2_654_435_761) >>> 24 : number,
  )

async function write(name: string, slots: number, tracks: number, silent = (_slot: number) => false) {
  const file = await createFeaturesFile({ folder, name })
  for (let slot = 0; slot < slots; slot++) {
    for (let track = 0; track < tracks; track++) await file.writeMel(track, silent(slot) ? null : patch(track, slot))
    if (slot % 60 === 3) await file.writePicture(slot * TICKS_PER_SECOND, picture(slot))
  }
  const curves = [
    ...Array.from({ length: tracks }, (_, track) => audioCurves.map(({ id }) => curve(id, track, slots))).flat(),
    ...pictureCurves.map(({ id }) => curve(id, null, slots)),
  ]
  const duration = (slots * TICKS_PER_SECOND) / 2
  const written = await file.finish({ slots, duration, cuts: [5, 9], curves })
  return { ...written, path: path.join(folder, name), curves, duration }
}

async function readAll(file: string): Promise<void> {
  const features = await openFeatures(file)
  try {
    for (const track of features.melTracks) await features.readMel(track, 0, features.signals.length)
    await features.readPictures(0, features.pictureTimes.length)
  } finally {
    await features.close()
  }
}

describe('a features file', () => {
  test('keeps waveforms in blocks: read by range, silence not at all, damage noticed', async () => {
    const file = await createFeaturesFile({ folder, name: 'waves.features' })
    const level = (buckets: number) =>
      Uint8Array.from({ length: 2 * buckets }, (_, i) => (i < 2 * 32_768 ? 0 : (i % 250) + 1))
    const levels = [level(70_001), level(35_001)]
    const none = { slots: 0, duration: 0, cuts: [], curves: [] }
    await file.finish({ ...none, waves: [{ track: 2, levels }] })
    const features = await openFeatures(path.join(folder, 'waves.features'))
    try {
      expect(features.waveLevels(2)).toEqual([70_001, 35_001])
      expect(features.waveLevels(0)).toEqual([])
      const read = await features.readWave(2, 0, 32_760, 40_000)
      const wanted = new Uint8Array(80_000)
      wanted.set(levels[0]!.subarray(2 * 32_760))
      expect(read).toEqual(wanted)
      expect(await features.readWave(2, 1, 35_000, 2)).toEqual(Uint8Array.of(...levels[1]!.subarray(-2), 0, 0))
      expect(await features.readWave(7, 0, 0, 2)).toEqual(new Uint8Array(4))
    } finally {
      await features.close()
    }
    const bytes = readFileSync(path.join(folder, 'waves.features'))
    // The first silent block is not written: two blocks of the one level, one of the other.
    expect(bytes.length).toBeLessThan(2 * (70_001 + 35_001 - 2 * 32_768) + 2000)
    bytes[2000]! ^= 1
    writeFileSync(path.join(folder, 'damaged.features'), bytes)
    const damaged = await openFeatures(path.join(folder, 'damaged.features'))
    await expect(damaged.readWave(2, 0, 33_000, 10)).rejects.toMatchObject({ code: 'features/unusable' })
    await damaged.close()
  })

  test('gives back what was written, and spectrograms by range', async () => {
    const { path: file, bytes, curves, duration } = await write('round.features', 300, 2, (s) => s >= 100 && s < 250)
    expect(statSync(file).size).toBe(bytes)
    const features = await openFeatures(file)
    expect(features.signals).toEqual({ rate: 2, length: 300, curves })
    expect(features).toMatchObject({ duration, cuts: [5, 9], melTracks: [0, 1] })
    const expected = new Uint8Array(300 * MEL_PATCH)
    for (let slot = 0; slot < 300; slot++) if (slot < 100 || slot >= 250) expected.set(patch(1, slot), slot * MEL_PATCH)
    for (const [first, count] of [
      [0, 300],
      [90, 200],
      [119, 2],
      [299, 1],
      [300, 0],
    ] as const) {
      const read = await features.readMel(1, first, count)
      expect(Buffer.compare(read, expected.subarray(first * MEL_PATCH, (first + count) * MEL_PATCH))).toBe(0)
    }
    expect(await features.readMel(9, 0, 2)).toEqual(new Uint8Array(2 * MEL_PATCH))
    await expect(features.readMel(0, 299, 2)).rejects.toThrow(RangeError)
    await features.close()
  })

  test('gives back its pictures in the order of time, whatever order they came in', async () => {
    const order = [4, 0, 6, 2, 3, 1, 5]
    const file = await createFeaturesFile({ folder, name: 'pictures.features' })
    const shared = new Uint8Array(PICTURE_BYTES)
    for (const number of order) {
      shared.set(picture(number))
      void file.writePicture((1.5 * number - 1) * TICKS_PER_SECOND, shared)
    }
    const { bytes } = await file.finish({ slots: 3, duration: 1, cuts: [], curves: [curve('audio.rms', 0, 3)] })
    expect(statSync(path.join(folder, 'pictures.features')).size).toBe(bytes)
    const features = await openFeatures(path.join(folder, 'pictures.features'))
    expect(features.pictureTimes.map((time) => time / TICKS_PER_SECOND)).toEqual([-1, 0.5, 2, 3.5, 5, 6.5, 8])
    const all = Buffer.concat(order.toSorted((a, b) => a - b).map(picture))
    for (const [first, count] of [
      [0, 7],
      [2, 3],
      [6, 1],
      [7, 0],
    ] as const) {
      const read = await features.readPictures(first, count)
      expect(Buffer.compare(read, all.subarray(first * PICTURE_BYTES, (first + count) * PICTURE_BYTES))).toBe(0)
    }
    await expect(features.readPictures(6, 2)).rejects.toThrow(RangeError)
    await expect(features.readPictures(-1, 2)).rejects.toThrow(RangeError)
    await features.close()
  })

  test('has the same bytes however sound and pictures come in turns', async () => {
    const make = async (name: string, early: boolean): Promise<Buffer> => {
      const file = await createFeaturesFile({ folder, name })
      const pictures = async (): Promise<void> => {
        for (let number = 0; number < 3; number++) await file.writePicture(number * TICKS_PER_SECOND, picture(number))
      }
      if (early) await pictures()
      for (let slot = 0; slot < 300; slot++) await file.writeMel(0, patch(0, slot))
      if (!early) await pictures()
      await file.finish({ slots: 300, duration: 1, cuts: [], curves: [] })
      return readFileSync(path.join(folder, name))
    }
    expect((await make('early.features', true)).equals(await make('late.features', false))).toBe(true)
  })

  test('a picture that cannot be written is told at the end at the latest', async () => {
    const file = await createFeaturesFile({ folder, name: 'closed.features' })
    await file.writePicture(0, picture(0))
    await file.discard()
    await expect(file.finish({ slots: 0, duration: 0, cuts: [], curves: [] })).rejects.toMatchObject({
      code: 'output/not-writable',
    })
  })

  test('an empty recording', async () => {
    const { path: file } = await write('empty.features', 0, 1)
    const features = await openFeatures(file)
    expect(features.signals.length).toBe(0)
    expect(await features.readMel(0, 0, 0)).toHaveLength(0)
    await features.close()
  })

  test('at most 10 MB an hour and track', async () => {
    const { bytes } = await write('hour.features', 7200, 1)
    expect(bytes).toBeLessThan(10_000_000)
  })

  test('is not there before it is complete, and leaves nothing behind when given up', async () => {
    const recorded: string[] = []
    const tempFiles = {
      record: (file: string) => void recorded.push(`+${path.basename(file)}`),
      remove: (file: string) => void recorded.push(`-${path.basename(file)}`),
    }
    const before = readdirSync(folder)
    const file = await createFeaturesFile({ folder, name: 'x.features', tempFiles })
    for (let slot = 0; slot < 200; slot++) await file.writeMel(0, patch(0, slot))
    await file.writePicture(0, picture(0))
    expect(existsSync(path.join(folder, 'x.features'))).toBe(false)
    await file.discard()
    await file.discard()
    expect(readdirSync(folder)).toEqual(before)
    const made = recorded.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
    expect(made.map((name) => path.extname(name))).toEqual(['.features', '.pictures'])
    for (const name of made) expect(recorded).toContain(`-${name}`)
  })

  test('two processes that analyse the same do not disturb each other', async () => {
    await Promise.all([write('same.features', 130, 1), write('same.features', 130, 1)])
    await expect(readAll(path.join(folder, 'same.features'))).resolves.toBeUndefined()
  })

  test('refuses names that are not plain', async () => {
    for (const name of ['../../x', 'a/b', '.hidden']) {
      await expect(createFeaturesFile({ folder, name })).rejects.toThrow(RangeError)
    }
  })

  test('says what is wrong with the folder', async () => {
    const file = path.join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(createFeaturesFile({ folder: file, name: 'x' })).rejects.toMatchObject({ code: 'output/not-writable' })
  })
})

describe('a damaged file is never believed', () => {
  test('missing, empty, text, cut off anywhere', async () => {
    await expect(openFeatures(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'features/unusable' })
    const { path: file, bytes } = await write('cut.features', 10, 1)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes - 1), async (length) => {
        const copy = path.join(folder, 'cut-copy')
        copyFileSync(file, copy)
        truncateSync(copy, length)
        await expect(readAll(copy)).rejects.toMatchObject({ code: 'features/unusable' })
      }),
      { numRuns: 40 },
    )
  })

  test('a file of the version before', async () => {
    const { path: file } = await write('old.features', 10, 1)
    const content = readFileSync(file)
    content[7] = 1
    writeFileSync(file, content)
    await expect(openFeatures(file)).rejects.toMatchObject({
      code: 'features/unusable',
      data: { why: 'it is of another version' },
    })
  })

  test('a changed byte anywhere', async () => {
    const { path: file, bytes } = await write('flip.features', 10, 1)
    const content = readFileSync(file)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(content)
        damaged[at]! ^= flip
        const copy = path.join(folder, 'flip-copy')
        writeFileSync(copy, damaged)
        await expect(readAll(copy)).rejects.toMatchObject({ code: 'features/unusable' })
      }),
      { numRuns: 150 },
    )
  })
})
