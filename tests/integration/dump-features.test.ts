import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tensors } from '../../src-main/adapters/onnx/messages.ts'
import { allInputs, featureNames } from '../../src-main/adapters/onnx/model-inputs.ts'
import { chunkSlots, createOnnxScorer } from '../../src-main/adapters/onnx/onnx-scorer.ts'
import { prepareDumpFolder } from '../../src-main/engine/dump-folder.ts'
import { openInput, type OpenInput } from '../../src-main/engine/measure.ts'
import { writeDump } from '../../src-main/engine/write-dump.ts'
import { signalsScorer } from '../../src-main/stages/score/signals-scorer.ts'
import { featuresDumpDocumentSchema } from '../../src-shared/contract/documents.ts'
import type { TrackRole } from '../../src-shared/contract/media-info.ts'
import { PICTURE_BYTES } from '../../src-shared/domain/signal.ts'
import { analyseFile } from '../helpers/analyse-file.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { readNpy } from '../helpers/read-npy.ts'
import { runCli } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-dump')
const tempFiles = { record: () => {}, remove: () => {} }
const noSignal = new AbortController().signal
let recording: string
let input: OpenInput & { roles: TrackRole[] }

/** Longer than a chunk, in small: a moving picture, a game track and a microphone. */
beforeAll(async () => {
  const seconds = chunkSlots / 2 + 40
  recording = await makeMedia(folder, {
    container: 'mkv',
    seconds,
    video: { gop: 8, bFrames: 0, source: `testsrc2=s=160x90:r=5:d=${seconds}` },
    audio: [
      { title: 'Game', codec: 'mp3', sampleRate: 16_000 },
      { title: 'Mic', codec: 'mp3', sampleRate: 16_000, source: `anoisesrc=a=0.1:r=16000:d=${seconds}` },
    ],
  })
  const { features, media } = await analyseFile(recording, { runner: await testRunner(), folder })
  input = { ...(await openInput(features)), roles: media.audio.map(({ role }) => role) }
  return () => input.close()
})

const dumpTo = async (name: string, source = input) => {
  const to = path.join(folder, name)
  await prepareDumpFolder(to)
  const document = await writeDump(source, to, { program: '1.2.3', tempFiles, signal: noSignal })
  const read = (array: string) => readNpy(path.join(to, `${array}.npy`))
  return { to, document, read }
}

describe('a dump', () => {
  test('is what the engine sends to the inference process, chunk by chunk', async () => {
    const sent: Tensors[] = []
    const client = {
      async call(asked: { kind: string; feeds?: Tensors }) {
        if (asked.kind === 'load')
          return {
            kind: 'load',
            inputs: allInputs,
            outputs: [{ name: 'logits', type: 'float32', shape: [1, 'slots'] }],
          }
        sent.push(asked.feeds!)
        const dims = [1, asked.feeds!['mask']!.dims[1]!]
        return { kind: 'run', outputs: { logits: { type: 'float32', dims, data: new Float32Array(dims[1]!) } } }
      },
    }
    const choose = async () => ({ used: 'cpu' as const, fallbackReason: null })
    const deps = { client: client as never, chooseDevice: choose }
    const scorer = createOnnxScorer(deps, { id: 'x', version: '1.0.0' }, { modelPath: '', sha256: null, threads: 1 })
    await scorer.score(input, { device: 'cpu' })
    expect(sent).toHaveLength(2)

    const { document, read } = await dumpTo('equal')
    const dumped = Object.fromEntries(allInputs.map(({ name }) => [name, read(name)]))
    expect(dumped['mel']!.shape).toEqual([input.signals.length, 25, 40])
    expect(dumped['pictures']!.shape).toEqual([document.pictureTimes.length, PICTURE_BYTES])
    // The second chunk ends where the recording does.
    const starts = [0, input.signals.length - sent[1]!['mask']!.dims[1]!]
    for (const [chunk, feeds] of sent.entries()) {
      const from = starts[chunk]!
      const slots = feeds['mask']!.dims[1]!
      for (const name of ['mel', 'mel_mic', 'signals', 'mask', 'picture_age']) {
        const { data, dims } = feeds[name]!
        const row = dims.slice(2).reduce((a, b) => a * b, 1)
        expect(data.some((value) => value !== 0)).toBe(true)
        expect(equal(data, dumped[name]!.data.subarray(from * row, (from + slots) * row))).toBe(true)
      }
      const { data: index } = feeds['picture_index']!
      const shift = (dumped['picture_index']!.data as BigInt64Array)[from]! - (index as BigInt64Array)[0]!
      const shifted = (index as BigInt64Array).map((i) => i + shift)
      expect(equal(shifted, dumped['picture_index']!.data.subarray(from, from + slots))).toBe(true)
      const { data: pictures, dims } = feeds['pictures']!
      const first = Number(shift)
      const part = dumped['pictures']!.data.subarray(first * PICTURE_BYTES, (first + dims[0]!) * PICTURE_BYTES)
      expect(equal(pictures, part)).toBe(true)
    }
    expect(Number((dumped['picture_index']!.data as BigInt64Array).at(-1))).toBe(document.pictureTimes.length - 1)
  })

  test('says what its columns are, and has the score of the built-in signals', async () => {
    const { to, document, read } = await dumpTo('columns')
    expect(featuresDumpDocumentSchema.parse(JSON.parse(readFileSync(path.join(to, 'features.json'), 'utf8')))).toEqual(
      document,
    )
    expect(document).toMatchObject({ program: '1.2.3', format: 2, slots: input.signals.length, signals: featureNames })
    expect(document.pictureTimes.length).toBeGreaterThan(200)
    const { scores } = await signalsScorer.score(input, { device: 'cpu' })
    expect(read('signals_score')).toEqual({ type: '<f4', shape: [scores.length], data: scores })
    expect(readdirSync(to).toSorted()).toEqual(
      [...allInputs.map(({ name }) => `${name}.npy`), 'features.json', 'signals_score.npy'].toSorted(),
    )
  })

  test('of a recording without pictures has one of zeros', async () => {
    const { document, read } = await dumpTo('blind', {
      ...input,
      pictures: { times: [], read: () => Promise.reject(new Error('none')) },
    })
    expect(document.pictureTimes).toEqual([])
    expect(read('pictures')).toEqual({ type: '|u1', shape: [1, PICTURE_BYTES], data: new Uint8Array(PICTURE_BYTES) })
    expect(read('picture_age').data.every((age) => age === 10.5)).toBe(true)
  })

  test('replaces an earlier one, keeps it when it fails, and leaves nothing half-written', async () => {
    const { to, document } = await dumpTo('again')
    const before = readdirSync(to)
    const damaged = { ...input, mel: [{ track: 0, read: () => Promise.reject(new Error('damaged')) }] }
    await prepareDumpFolder(to)
    await expect(writeDump(damaged, to, { program: '2.0.0', tempFiles, signal: noSignal })).rejects.toThrow('damaged')
    expect(readdirSync(to)).toEqual(before)
    expect(JSON.parse(readFileSync(path.join(to, 'features.json'), 'utf8'))).toEqual(document)
    const reason = new Error('enough')
    const going = writeDump(input, to, { program: '2.0.0', tempFiles, signal: AbortSignal.abort(reason) })
    await expect(going).rejects.toBe(reason)
    expect(readdirSync(to)).toEqual(before)
    await writeDump(input, to, { program: '2.0.0', tempFiles, signal: noSignal })
    expect(JSON.parse(readFileSync(path.join(to, 'features.json'), 'utf8'))).toMatchObject({ program: '2.0.0' })
  })

  test('goes into no folder that holds anything else', async () => {
    const refused = { code: 'output/not-writable' }
    const full = path.join(folder, 'full')
    await mkdir(full)
    writeFileSync(path.join(full, 'mel.npy'), 'mine')
    await expect(prepareDumpFolder(full)).rejects.toMatchObject(refused)
    const { to } = await dumpTo('and-more')
    writeFileSync(path.join(to, 'notes.txt'), 'mine')
    await expect(prepareDumpFolder(to)).rejects.toMatchObject(refused)
    await expect(prepareDumpFolder(path.join(full, 'mel.npy'))).rejects.toMatchObject(refused)
    expect(readFileSync(path.join(full, 'mel.npy'), 'utf8')).toBe('mine')
  })
})

describe('analyze --dump-features', () => {
  const data = path.join(folder, 'data')

  test('measures and dumps, and leaves the library as it was', async () => {
    const to = path.join(folder, 'new', 'cli')
    const { code, stderr, stdout } = await runCli([
      'analyze',
      recording,
      '--dump-features',
      to,
      '--json',
      '--data-dir',
      data,
    ])
    expect([code, stderr]).toEqual([0, ''])
    const document = featuresDumpDocumentSchema.parse(JSON.parse(stdout))
    expect(document.slots).toBe(input.signals.length)
    const { read } = await dumpTo('same')
    for (const { name } of allInputs)
      expect(equal(readNpy(path.join(to, `${name}.npy`)).data, read(name).data)).toBe(true)
    expect(readdirSync(to).some((name) => name.startsWith('.') || name.endsWith('.features'))).toBe(false)
    const list = await runCli(['library', 'list', '--json', '--data-dir', data])
    expect(JSON.parse(list.stdout)).toMatchObject({ recordings: [] })
  })

  test('makes no folder for what it cannot read', async () => {
    const text = path.join(folder, 'a.txt')
    writeFileSync(text, 'no recording')
    const to = path.join(folder, 'never')
    const { code } = await runCli(['analyze', text, '--dump-features', to, '--data-dir', data])
    expect(code).toBe(3)
    expect(existsSync(to)).toBe(false)
  })
})

function equal(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = (view: ArrayBufferView): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength)
  return bytes(a).equals(bytes(b))
}
