import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import {
  chooseEncoders,
  encoderFailed,
  type ChooseEncoderDeps,
} from '../../../src-main/adapters/ffmpeg/choose-encoder.ts'
import { cutClip } from '../../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../../src-main/adapters/ffmpeg/cut-index.ts'
import { encoderArgs, encoderCandidates } from '../../../src-main/adapters/ffmpeg/encoder-args.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { createRunner, type FfmpegRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import type { EncodeVerdict } from '../../../src-shared/contract/model.ts'
import { testTools } from '../../helpers/ffmpeg.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { numberedSource, readNumbers } from '../../helpers/numbered.ts'
import { makePlan } from '../../helpers/render-plan.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-encoders')
const { signal } = new AbortController()

describe('encoderCandidates', () => {
  const all = ['h264_nvenc', 'h264_amf', 'h264_qsv', 'h264_videotoolbox', 'h264_vaapi', 'libx264']
  it.each([
    ['win32', ['h264_nvenc', 'h264_amf', 'h264_qsv', 'libx264']],
    ['darwin', ['h264_videotoolbox', 'libx264']],
    ['linux', ['h264_nvenc', 'h264_qsv', 'h264_vaapi', 'libx264']],
    ['freebsd', ['libx264']],
  ] as const)('%s', (platform, expected) => {
    expect(encoderCandidates(platform, all)).toEqual(expected)
    expect(encoderCandidates(platform, ['h264_amf'])).toEqual(platform === 'win32' ? ['h264_amf'] : [])
  })

  it('each is named in its own arguments, with a quality', () => {
    for (const name of all as Parameters<typeof encoderArgs>[0][]) {
      const { output, filter } = encoderArgs(name, { crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' })
      expect(output.slice(0, 2)).toEqual(['-c:v', name])
      expect(output.join(' ')).toMatch(/ (18|65)( |$)/)
      expect(filter).toMatch(/^format=/)
    }
  })
})

// Stands in for FFmpeg on a machine with an NVIDIA card, whose encoder is the real x264 and, where a file called `gone`
// lies beside, vanishes at the tenth picture. Intel's does not start.
const shim = (ffmpeg: string, gone: string): string => `#!/bin/bash
args=() name=
while [ $# -gt 0 ]; do
  case "$1" in
    h264_nvenc) name=nvenc; args+=(libx264) ;;
    h264_qsv) echo 'Error creating a MFX session: -9.' >&2; exit 1 ;;
    -rc) shift ;;
    -cq) args+=(-crf) ;;
    -b:v) shift ;;
    p5) args+=(veryfast) ;;
    *) args+=("$1") ;;
  esac
  shift
done
if [ "$name" = nvenc ] && [ -e "${gone}" ]; then
  out="\${args[-1]}"
  unset 'args[-1]'
  "${ffmpeg}" "\${args[@]}" -frames:v 10 "$out"
  echo 'Error while encoding: CUDA_ERROR_DEVICE_UNAVAILABLE' >&2
  exit 1
fi
exec "${ffmpeg}" "\${args[@]}"
`

describe.skipIf(process.platform === 'win32')('on a machine with a GPU', () => {
  const gone = path.join(folder, 'gone')
  let runner: FfmpegRunner
  let stored: Map<string, EncodeVerdict>
  let trials: number
  let machine: string
  let now: number

  const deps = (): ChooseEncoderDeps => ({
    runner,
    platform: 'linux',
    machine: () => Promise.resolve(machine),
    encoders: () => Promise.resolve(['h264_nvenc', 'h264_qsv', 'libx264']),
    verdicts: { get: (key) => stored.get(key), set: (key, verdict) => void stored.set(key, verdict) },
    clock: { now: () => now },
  })

  beforeEach(async () => {
    const tools = await testTools()
    const ffmpeg = path.join(folder, 'ffmpeg-shim')
    writeFileSync(ffmpeg, shim(tools.ffmpeg, gone))
    chmodSync(ffmpeg, 0o755)
    trials = 0
    runner = createRunner({
      tools: { ...tools, ffmpeg },
      guard: { track: () => () => {} },
      onEvent: ({ kind }) => void (trials += kind === 'started' ? 1 : 0),
    })
    stored = new Map()
    machine = 'driver 1'
    now = 1e12
  })

  it('takes what works, in order, and asks once per driver', async () => {
    expect(await chooseEncoders(deps(), { signal })).toEqual(['h264_nvenc', 'libx264'])
    expect([...stored.values()].map(({ status }) => status)).toEqual(['ok', 'failed'])
    expect(trials).toBe(2)
    expect(await chooseEncoders(deps(), { signal })).toEqual(['h264_nvenc', 'libx264'])
    expect(trials).toBe(2)
    machine = 'driver 2'
    await chooseEncoders(deps(), { signal })
    expect(trials).toBe(4)
  })

  it('looks at what failed again after a week, also where it failed in the middle of a job', async () => {
    await chooseEncoders(deps(), { signal })
    await encoderFailed(deps(), 'h264_nvenc')
    expect(await chooseEncoders(deps(), { signal })).toEqual(['libx264'])
    expect(trials).toBe(2)
    now += 8 * 24 * 3600 * 1000
    expect(await chooseEncoders(deps(), { signal })).toEqual(['h264_nvenc', 'libx264'])
  })

  it('goes on with the next encoder when one vanishes in the middle, and says so', async () => {
    const source = await checkSource(
      await makeMedia(folder, { seconds: 2, video: { source: numberedSource({ seconds: 2 }) } }),
    )
    const media = await probe(runner, source)
    const plan = makePlan(media, 'encode', 0.5, 1.5)
    const index = await readCutIndex(runner, source, media, plan.span)
    const output = path.join(folder, 'clip.mp4')
    const failed: string[] = []
    writeFileSync(gone, '')
    const result = await cutClip(
      runner,
      source,
      media,
      plan,
      { output, scratch: `${output}.scratch` },
      {
        index,
        encoders: ['h264_nvenc', 'libx264'],
        onEncoderFailed: (name) => void failed.push(name),
      },
    )
    expect(result).toMatchObject({
      kind: 'made',
      made: { notes: ['The encoder h264_nvenc gave up, and libx264 made this clip.'] },
    })
    expect(failed).toEqual(['h264_nvenc'])
    expect(await readNumbers(runner, output)).toEqual(Array.from({ length: 30 }, (_, i) => 15 + i))
    // None left: an error. What stopped all of them is said of none.
    await expect(
      cutClip(
        runner,
        source,
        media,
        plan,
        { output, scratch: `${output}.scratch` },
        { index, encoders: ['h264_nvenc', 'h264_nvenc'], onEncoderFailed: (name) => void failed.push(name) },
      ),
    ).rejects.toMatchObject({ code: 'ffmpeg/failed' })
    expect(failed).toHaveLength(1)
  })
})
