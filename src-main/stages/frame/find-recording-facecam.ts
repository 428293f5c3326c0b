import type { FacecamAnswer, FacecamSetting } from '../../../src-shared/contract/facecam.ts'
import type { Region } from '../../../src-shared/contract/layout.ts'
import { isBorneOut } from './bear-out.ts'
import { findFacecam, LOOK, type LookDeps } from './detect-facecam.ts'
import { FEWEST_PICTURES, type GreyStack } from './grey-stack.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** What it needs; adapters fit it. */
export interface FindFacecamDeps extends LookDeps {
  /** What a person said of recordings of this game. */
  setting(game: string | null): FacecamSetting | undefined
  /** The camera in OBS's present scene. */
  obs(): Promise<{ readonly canvas: Size; readonly scene: string; readonly region: Region } | null>
  /** What an earlier look found in this recording. */
  found(): { readonly region: Region | null } | undefined
  keepFound(region: Region | null): void
}

/** Relative difference of two shapes of a picture that is put down to rounding. */
const sameShape = 0.01
/** Width by height: an upright picture needs no layout, and streams are not laid out on one. */
const leastWide = 1.2

/**
 * Where the camera lies in a recording's picture: where a person says so for its game; else where OBS's scene has it,
 * if the recording has the shape of OBS's canvas and its picture bears it out (the scene may be another by now, or the
 * recording another program's); else where the picture shows one. `picture` is the size as shown, null without video.
 */
export async function findRecordingFacecam(
  deps: FindFacecamDeps,
  { game, picture }: { game: string | null; picture: Size | null },
  options: { signal: AbortSignal },
): Promise<FacecamAnswer> {
  const setting = deps.setting(game)
  if (setting !== undefined) return said(setting)
  if (picture === null) return none('The recording has no picture.')
  if (picture.width < leastWide * picture.height) return none('The picture is not wide: no camera was looked for.')

  let looked: GreyStack | undefined
  const look = async (): Promise<GreyStack> =>
    (looked ??= { width: LOOK.width, height: LOOK.height, frames: await deps.look(LOOK, options) })

  const scene = await deps.obs()
  if (scene !== null && isAlike(scene.canvas, picture) && isBorneOut(await look(), scene.region)) {
    return {
      facecam: { region: scene.region, from: 'obs' },
      note: `The camera is where OBS's scene “${scene.scene}” has it.`,
    }
  }
  const kept = deps.found()
  if (kept !== undefined) return seen(kept.region)
  const stack = await look()
  if (stack.frames.length < FEWEST_PICTURES)
    return none('Too little of the picture could be read to look for a camera.')
  const region = findFacecam(stack)
  deps.keepFound(region)
  return seen(region)
}

function said({ game, region }: FacecamSetting): FacecamAnswer {
  const of = game === null ? 'all games without a setting of their own' : game
  if (region === null) return none(`There is no camera: so it is set for ${of}.`)
  return { facecam: { region, from: 'hand' }, note: `The camera is where it was set for ${of}.` }
}

function seen(region: Region | null): FacecamAnswer {
  if (region === null)
    return none('No camera was found in the picture. "clutchcut layouts set" says where there is one.')
  const note = 'The camera was found by looking at the picture. "clutchcut layouts set" corrects it.'
  return { facecam: { region, from: 'detected' }, note }
}

function none(note: string): FacecamAnswer {
  return { facecam: null, note }
}

function isAlike(a: Size, b: Size): boolean {
  return Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= sameShape
}
