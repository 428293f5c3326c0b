import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import {
  chooseHwaccel,
  hwaccelCandidates,
  judge,
  parseHwaccels,
  verdictKey,
  type HardwareDecodeDeps,
} from '../../../src-main/adapters/ffmpeg/hardware-decode.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { createRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../../../src-main/adapters/ffmpeg/source-file.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { DecodeVerdict } from '../../../src-shared/contract/model.ts'
import { testTools } from '../../helpers/ffmpeg.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-hwaccel')
const builtIn = ['d3d11va', 'cuda', 'qsv', 'videotoolbox', 'vaapi', 'vdpau', 'opencl']

describe('hwaccelCandidates', () => {
  it.each([
    ['win32', ['d3d11va', 'cuda', 'qsv']],
    ['darwin', ['videotoolbox']],
    ['linux', ['vaapi', 'cuda']],
    ['freebsd', []],
  ] as const)('%s', (platform, expected) => {
    expect(hwaccelCandidates(platform, builtIn)).toEqual(expected)
    expect(hwaccelCandidates(platform, [])).toEqual([])
  })
})

it('parseHwaccels reads what FFmpeg prints', () => {
  expect(parseHwaccels('Hardware acceleration methods:\r\nvdpau\r\ncuda\r\n\r\n')).toEqual(['vdpau', 'cuda'])
})

describe('judge', () => {
  const reference = { pictures: new Uint8Array(1000).fill(100), wallMs: 100 }
  const changed = (index: number, by: number): Uint8Array => {
    const pictures = reference.pictures.slice()
    pictures[index]! += by
    return pictures
  }
  it.each([
    ['the same pictures, faster', { pictures: reference.pictures, wallMs: 50 }, 'ok', 0.5],
    ['a little rounding', { pictures: changed(3, 2), wallMs: 100 }, 'ok', 1],
    ['one spot far off', { pictures: changed(3, 40), wallMs: 50 }, 'wrong', 0.5],
    ['everything a little off', { pictures: reference.pictures.map((v) => v + 2), wallMs: 50 }, 'wrong', 0.5],
    ['fewer pictures', { pictures: reference.pictures.subarray(1), wallMs: 50 }, 'failed', null],
    ['nothing', null, 'failed', null],
  ] as const)('%s', (_what, found, status, ratio) => {
    expect(judge(reference, found)).toEqual({ kind: 'decode', status, ratio })
  })
})

// Stands in for FFmpeg on a machine with GPUs: `vaapi` decodes as the CPU does, `cuda` shows wrong colours, `qsv` fails.
// What it hands on is decoded by the real one.
const shim = (ffmpeg: string): string => `#!/bin/bash
accel= args=()
while [ $# -gt 0 ]; do
  if [ "$1" = -hwaccel ]; then accel=$2; shift 2; else args+=("$1"); shift; fi
done
case "$accel" in
  cuda) args=("\${args[@]/format=rgb24/negate,format=rgb24}") ;;
  qsv) echo 'Device creation failed: -5.' >&2; exit 1 ;;
esac
exec "${ffmpeg}" "\${args[@]}"
`

describe.skipIf(process.platform === 'win32')('chooseHwaccel', () => {
  let source: SourceFile
  let media: MediaInfo
  let stored: Map<string, DecodeVerdict>
  let clock: number

  async function deps(times: readonly number[], hwaccels: string[]): Promise<HardwareDecodeDeps> {
    const tools = await testTools()
    const ffmpeg = join(root, 'ffmpeg-shim')
    writeFileSync(ffmpeg, shim(tools.ffmpeg))
    chmodSync(ffmpeg, 0o755)
    const runner = createRunner({ tools: { ...tools, ffmpeg }, guard: { track: () => () => {} } })
    clock = 0
    return {
      runner,
      platform: 'linux',
      machine: () => Promise.resolve('driver 1'),
      hwaccels: () => Promise.resolve(hwaccels),
      verdicts: { get: (key) => stored.get(key), set: (key, verdict) => void stored.set(key, verdict) },
      // Two looks at the clock a decode: `times` says how long each one took.
      clock: { now: () => 1000, monotonic: () => (clock++ % 2 === 0 ? 0 : times[Math.floor((clock - 1) / 2)]!) },
    }
  }
  const choose = async (times: readonly number[], hwaccels: string[]) => {
    stored = new Map()
    return chooseHwaccel(await deps(times, hwaccels), source, media, { signal: new AbortController().signal })
  }

  beforeAll(async () => {
    const file = await makeMedia(root, { seconds: 4, video: { gop: 15 }, audio: [] }, 'video.mp4')
    source = await checkSource(file)
    const runner = createRunner({ tools: await testTools(), guard: { track: () => () => {} } })
    media = await probe(runner, source)
  })

  it('takes a GPU that shows the same and is clearly faster', async () => {
    expect(await choose([100, 50, 50], ['vaapi', 'cuda'])).toBe('vaapi')
    expect([...stored.values()].map(({ status }) => status)).toEqual(['ok', 'wrong'])
  })

  it('stays on the CPU where the GPU is hardly faster', async () => {
    expect(await choose([100, 90], ['vaapi'])).toBeNull()
  })

  it('stays on the CPU where the GPU shows something else, however fast', async () => {
    expect(await choose([100, 1], ['cuda'])).toBeNull()
  })

  it('stays on the CPU where this FFmpeg knows no GPU', async () => {
    expect(await choose([], [])).toBeNull()
    expect(clock).toBe(0)
  })

  it('asks once per driver', async () => {
    await choose([100, 50], ['vaapi'])
    const again = await deps([], ['vaapi'])
    expect(await chooseHwaccel(again, source, media, { signal: new AbortController().signal })).toBe('vaapi')
    expect(clock).toBe(0)
    const keys = ['driver 1', 'driver 2'].map((machine) => verdictKey('vaapi', machine, '5.1', media.video!))
    expect(new Set(keys).size).toBe(2)
  })

  it('survives a GPU that does not start', async () => {
    stored = new Map()
    const windows = { ...(await deps([100, 50], ['qsv'])), platform: 'win32' as const }
    expect(await chooseHwaccel(windows, source, media, { signal: new AbortController().signal })).toBeNull()
    expect([...stored.values()].map(({ status }) => status)).toEqual(['failed'])
  })
})
