import { createHash } from 'node:crypto'
import { encodeVerdictSchema, type EncodeVerdict } from '../../../src-shared/contract/model.ts'
import { encoderArgs, encoderCandidates, type VideoEncoder } from './encoder-args.ts'
import type { FfmpegRunner } from './runner.ts'
import { streamPackets } from './stream-packets.ts'

export interface ChooseEncoderDeps {
  readonly runner: Pick<FfmpegRunner, 'spawn' | 'tools'>
  readonly platform: NodeJS.Platform
  /** Changes when a graphics driver does: verdicts hold for one. */
  readonly machine: () => Promise<string>
  /** Names of what this FFmpeg was built with. */
  readonly encoders: () => Promise<readonly string[]>
  readonly verdicts: { get(key: string): unknown; set(key: string, verdict: EncodeVerdict): void }
  readonly clock: { now(): number }
}

/** Enough for the look-ahead of every encoder to be used, and over in no time. */
const PICTURES = 20
/** Hardware refuses pictures that are too small. */
const SOURCE = 'testsrc2=s=640x360:r=30'
const TIME_LIMIT_MS = 20_000
const WEEK_MS = 7 * 24 * 3600 * 1000

/**
 * The H.264 encoders of this machine that work, best first: each one that FFmpeg names was tried once per driver and
 * FFmpeg version on a few pictures (a driver may be missing, or all its sessions taken). Empty where there is none.
 */
export async function chooseEncoders(
  deps: ChooseEncoderDeps,
  options: { signal: AbortSignal },
): Promise<VideoEncoder[]> {
  const candidates = encoderCandidates(deps.platform, await deps.encoders())
  const working: VideoEncoder[] = []
  for (const name of candidates) {
    if (name === 'libx264') {
      working.push(name)
      continue
    }
    const key = await verdictKey(deps, name)
    const known = encodeVerdictSchema.safeParse(deps.verdicts.get(key))
    let verdict = known.success && isFresh(known.data, deps.clock.now()) ? known.data : null
    if (verdict === null) {
      verdict = { kind: 'encode', status: await trial(deps, name, options), checkedAt: deps.clock.now() }
      deps.verdicts.set(key, verdict)
    }
    if (verdict.status === 'ok') working.push(name)
  }
  return working
}

/** Remembers that an encoder gave up in the middle of a job, so that the next one does not begin with it. */
export async function encoderFailed(
  deps: Pick<ChooseEncoderDeps, 'runner' | 'machine' | 'verdicts' | 'clock'>,
  name: VideoEncoder,
): Promise<void> {
  deps.verdicts.set(await verdictKey(deps, name), { kind: 'encode', status: 'failed', checkedAt: deps.clock.now() })
}

/** A failure may have had a passing cause (a game held the GPU), so it is looked at again after a week. */
function isFresh({ status, checkedAt }: EncodeVerdict, now: number): boolean {
  return status === 'ok' || (now >= checkedAt && now - checkedAt < WEEK_MS)
}

async function verdictKey(deps: Pick<ChooseEncoderDeps, 'runner' | 'machine'>, name: VideoEncoder): Promise<string> {
  const facts = JSON.stringify(['encode', name, await deps.machine(), deps.runner.tools.version])
  return createHash('sha256').update(facts).digest('hex')
}

/** Every picture must come out again, the first one as a keyframe. What they look like, each render's check says. */
async function trial(
  { runner }: ChooseEncoderDeps,
  name: VideoEncoder,
  options: { signal: AbortSignal },
): Promise<EncodeVerdict['status']> {
  const { input, filter, output } = encoderArgs(name, { crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' })
  const argv = [
    ...input,
    '-f',
    'lavfi',
    '-i',
    SOURCE,
    '-map',
    '0:v',
    '-vf',
    filter,
    '-frames:v',
    String(PICTURES),
    ...output,
  ]
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(TIME_LIMIT_MS)])
  const keyframes: boolean[] = []
  try {
    await streamPackets(runner, argv, ({ isKey }) => void keyframes.push(isKey), { signal })
  } catch {
    options.signal.throwIfAborted()
    return 'failed'
  }
  return keyframes.length === PICTURES && keyframes[0] === true ? 'ok' : 'wrong'
}
