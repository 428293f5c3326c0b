import { describe, expect, it } from 'vitest'
import type { FacecamSetting } from '../../../../../src-shared/contract/facecam.ts'
import type { Region } from '../../../../../src-shared/contract/layout.ts'
import {
  findRecordingFacecam,
  type FindFacecamDeps,
} from '../../../../../src-main/stages/frame/find-recording-facecam.ts'
import { makeOverlay } from '../../../../helpers/make-overlay.ts'

const signal = new AbortController().signal
const picture = { width: 1920, height: 1080 }
const seen = makeOverlay(7001, { camera: true })
const plain = makeOverlay(1004, { camera: false })
const region = seen.facecam!
const elsewhere = { x: 0.3, y: 0.3, width: 0.2, height: 0.2 }
const scene = { canvas: { width: 2560, height: 1440 }, scene: 'Playing', region }

/** Finds, and says how often it looked and what it kept. */
async function find(
  change: {
    setting?: FacecamSetting
    obs?: typeof scene | null
    found?: { region: Region | null }
    frames?: readonly Uint8Array[]
  },
  recording: Parameters<typeof findRecordingFacecam>[1] = { game: 'Quake', picture },
) {
  let looks = 0
  const kept: (Region | null)[] = []
  const deps: FindFacecamDeps = {
    setting: (game) => (change.setting?.game === game ? change.setting : undefined),
    obs: async () => change.obs ?? null,
    found: () => change.found,
    keepFound: (found) => kept.push(found),
    look: async () => {
      looks += 1
      return change.frames ?? seen.stack.frames
    },
  }
  return { ...(await findRecordingFacecam(deps, recording, { signal })), looks, kept }
}

describe('findRecordingFacecam', () => {
  it('believes the hand before all others, without looking', async () => {
    const said = { game: 'Quake', region: elsewhere }
    expect(await find({ setting: said, obs: scene, found: { region } })).toEqual({
      facecam: { region: elsewhere, from: 'hand' },
      note: 'The camera is where it was set for Quake.',
      looks: 0,
      kept: [],
    })
    const no = await find({ setting: { game: 'Quake', region: null }, obs: scene, found: { region } })
    expect(no).toMatchObject({ facecam: null, looks: 0 })
    expect(no.note).toContain('Quake')
  })

  it('believes OBS where the recording has its shape and shows it', async () => {
    const found = await find({ obs: scene, found: { region: elsewhere } })
    expect(found).toMatchObject({ facecam: { region, from: 'obs' }, looks: 1, kept: [] })
    expect(found.note).toContain('Playing')
  })

  it.each([
    ['a canvas of another shape', { obs: { ...scene, canvas: { width: 1080, height: 1080 } } }],
    ['a picture that shows something else there', { obs: { ...scene, region: elsewhere } }],
    ['a picture without a camera', { obs: scene, frames: plain.stack.frames }],
    ['too few pictures', { obs: scene, frames: seen.stack.frames.slice(0, 11) }],
  ])('does not believe OBS against %s', async (_name, change) => {
    expect((await find(change)).facecam?.from).not.toBe('obs')
  })

  it('looks once, keeps what it found, and takes that the next time', async () => {
    const first = await find({})
    expect(first).toMatchObject({ facecam: { from: 'detected' }, looks: 1 })
    expect(first.kept).toEqual([first.facecam!.region])
    expect(await find({ found: { region } })).toMatchObject({ facecam: { region, from: 'detected' }, looks: 0 })
    expect(await find({ found: { region: null } })).toMatchObject({ facecam: null, looks: 0 })
  })

  it('keeps that there is none, but not that it could not look', async () => {
    expect(await find({ frames: plain.stack.frames })).toMatchObject({ facecam: null, kept: [null] })
    expect(await find({ frames: [] })).toMatchObject({ facecam: null, kept: [] })
  })

  it('does not look at what has no picture or an upright one', async () => {
    for (const size of [null, { width: 1080, height: 1920 }, { width: 1080, height: 1080 }]) {
      expect(await find({ obs: scene }, { game: null, picture: size })).toMatchObject({ facecam: null, looks: 0 })
    }
  })
})
