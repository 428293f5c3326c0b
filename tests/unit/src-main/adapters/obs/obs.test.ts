import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { obsConfigFolder } from '../../../../../src-main/adapters/obs/config-folder.ts'
import { parseIni } from '../../../../../src-main/adapters/obs/parse-ini.ts'
import { readObsFacecam } from '../../../../../src-main/adapters/obs/read-facecam.ts'
import { sceneFacecam } from '../../../../../src-main/adapters/obs/scene-facecam.ts'
import { sceneCollectionSchema } from '../../../../../src-main/adapters/obs/scene-schema.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const canvas = { width: 1920, height: 1080 }
const camera = (settings: object = { resolution: '1280x720' }, id = 'dshow_input') => ({ name: 'Cam', id, settings })
const scene = (items: object[], name = 'Playing') => ({ name, id: 'scene', settings: { items } })
const game = { name: 'Game', id: 'game_capture', settings: {} }

function find(item: object, { sources = [camera()], groups = [] as object[] } = {}) {
  const collection = {
    current_program_scene: 'Playing',
    sources: [game, ...sources, scene([{ name: 'Game' }, { name: 'Cam', ...item }])],
    groups,
  }
  const found = sceneFacecam(sceneCollectionSchema.parse(collection), canvas)
  if (found === null) return null
  const { x, y, width, height } = found.region
  return [x * 1920, y * 1080, width * 1920, height * 1080].map((n) => Number(n.toFixed(3)))
}

describe('sceneFacecam', () => {
  it('scales and crops', () => {
    expect(find({ pos: { x: 100, y: 50 }, scale: { x: 0.25, y: 0.5 } })).toEqual([100, 50, 320, 360])
    expect(find({ scale: { x: 0.5, y: 0.5 }, crop_left: 160, crop_right: 320, crop_bottom: 120 })).toEqual([
      0, 0, 400, 300,
    ])
    // Mirrored is as wide.
    expect(find({ pos: { x: 960, y: 540 }, align: 0, scale: { x: -0.5, y: 0.5 } })).toEqual([640, 360, 640, 360])
  })

  it('aligns', () => {
    const at = { pos: { x: 1920, y: 1080 }, scale: { x: 0.25, y: 0.25 } }
    expect(find({ ...at, align: 10 })).toEqual([1600, 900, 320, 180])
    expect(find({ ...at, align: 0 })).toEqual([1760, 990, 160, 90])
    expect(find({ ...at, align: 9, pos: { x: 0, y: 1080 } })).toEqual([0, 900, 320, 180])
  })

  it.each([
    [1, [200, 100, 400, 400]],
    [2, [200, 187.5, 400, 225]],
    [3, [44.444, 100, 711.111, 400]],
    [4, [200, 187.5, 400, 225]],
    [5, [44.444, 100, 711.111, 400]],
    [6, [200, 187.5, 400, 225]],
  ])('bounds of type %i', (bounds_type, wanted) => {
    expect(find({ pos: { x: 200, y: 100 }, bounds: { x: 400, y: 400 }, bounds_type })).toEqual(wanted)
  })

  it('places what it has no size of only where it is stretched', () => {
    const sources = [camera({})]
    expect(find({ scale: { x: 0.2, y: 0.2 } }, { sources })).toBeNull()
    expect(find({ bounds: { x: 400, y: 300 }, bounds_type: 2 }, { sources })).toBeNull()
    expect(find({ bounds: { x: 400, y: 300 }, bounds_type: 1 }, { sources })).toEqual([0, 0, 400, 300])
  })

  it('knows the cameras of each system', () => {
    const scale = { scale: { x: 0.25, y: 0.25 } }
    const linux = camera({ resolution: (1280 << 16) | 720 }, 'v4l2_input')
    const mac = camera({ preset: 'AVCaptureSessionPreset1280x720' }, 'av_capture_input_v2')
    for (const source of [linux, mac]) expect(find(scale, { sources: [source] })).toEqual([0, 0, 320, 180])
    expect(find(scale, { sources: [camera({ resolution: '1280x720' }, 'image_source')] })).toBeNull()
  })

  it('looks into groups and scenes', () => {
    const group = {
      name: 'Face',
      id: 'group',
      settings: { cx: 640, cy: 400, items: [{ name: 'Cam', pos: { x: 40, y: 20 }, scale: { x: 0.25, y: 0.25 } }] },
    }
    const inner = scene([{ name: 'Face', pos: { x: 1000, y: 600 }, scale: { x: 0.5, y: 0.5 } }], 'Overlay')
    const collection = (items: object[]) =>
      sceneCollectionSchema.parse({
        current_scene: 'Playing',
        resolution: { x: 1920, y: 1080 },
        sources: [camera(), inner, scene(items)],
        groups: [group],
      })
    const found = sceneFacecam(collection([{ name: 'Overlay' }]), null)!
    expect(found).toMatchObject({ scene: 'Playing', source: 'Cam' })
    expect(found.region.x * 1920).toBeCloseTo(1020)
    expect(found.region.y * 1080).toBeCloseTo(610)
    expect(found.region.width * 1920).toBeCloseTo(160)
    // A scene in itself, which OBS forbids, ends.
    expect(sceneFacecam(collection([{ name: 'Playing' }, { name: 'Playing' }]), null)).toBeNull()
  })

  it('takes neither what is hidden, turned, tiny, outside, nor the whole picture', () => {
    const small = { scale: { x: 0.25, y: 0.25 } }
    expect(find(small)).not.toBeNull()
    expect(find({ ...small, visible: false })).toBeNull()
    expect(find({ ...small, rot: 12 })).toBeNull()
    expect(find({ scale: { x: 0.03, y: 0.03 } })).toBeNull()
    expect(find({ ...small, pos: { x: 2000, y: 0 } })).toBeNull()
    expect(find({ scale: { x: 1.5, y: 1.5 } })).toBeNull()
    expect(find({ scale: { x: 0, y: 0 } })).toBeNull()
  })

  it('shows the part that is on the canvas', () => {
    expect(find({ pos: { x: -100, y: 1000 }, scale: { x: 0.25, y: 0.25 } })).toEqual([0, 1000, 220, 80])
  })
})

describe('readObsFacecam', () => {
  const root = tempFolder('obs')
  const place = (files: Record<string, string>, folder: string): string => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(root, folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    return join(root, folder)
  }
  const collection = JSON.stringify({
    current_scene: 'Playing',
    sources: [camera(), scene([{ name: 'Cam', scale: { x: 0.25, y: 0.25 } }])],
  })

  it('reads the present collection, on the profile’s canvas', async () => {
    const folder = place(
      {
        'global.ini': '\uFEFF[Basic]\r\nSceneCollectionFile=Old\r\nProfileDir=Old\r\n',
        'user.ini':
          '[Basic]\nSceneCollection=My Stream\nSceneCollectionFile=My_Stream\nProfile=Main\nProfileDir=Main\n',
        'basic/scenes/My_Stream.json': collection,
        'basic/profiles/Main/basic.ini': '[Video]\nBaseCX=1280\nBaseCY=720\n',
      },
      'whole',
    )
    expect(await readObsFacecam(folder)).toEqual({
      canvas: { width: 1280, height: 720 },
      scene: 'Playing',
      source: 'Cam',
      region: { x: 0, y: 0, width: 0.25, height: 0.25 },
    })
  })

  it.each([
    ['nothing', {}],
    ['no canvas', { 'user.ini': '[Basic]\nSceneCollectionFile=A', 'basic/scenes/A.json': collection }],
    ['a path for a name', { 'user.ini': '[Basic]\nSceneCollectionFile=../../A', 'A.json': collection }],
    ['no JSON', { 'user.ini': '[Basic]\nSceneCollectionFile=A', 'basic/scenes/A.json': '{"sources":[' }],
    ['other JSON', { 'user.ini': '[Basic]\nSceneCollectionFile=A', 'basic/scenes/A.json': '{"sources":{}}' }],
  ] as [string, Record<string, string>][])('%s: no camera', async (name, files) => {
    expect(await readObsFacecam(place(files, name.replaceAll(' ', '-')))).toBeNull()
  })
})

describe('obsConfigFolder', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string | null]>([
    ['win32', { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' }, 'C:\\Users\\me\\AppData\\Roaming\\obs-studio'],
    ['win32', {}, null],
    ['darwin', {}, '/home/me/Library/Application Support/obs-studio'],
    ['linux', {}, '/home/me/.config/obs-studio'],
    ['linux', { XDG_CONFIG_HOME: '/settings' }, '/settings/obs-studio'],
  ])('%s %j', (platform, env, folder) => {
    expect(obsConfigFolder({ platform, env, home: '/home/me' })).toBe(folder)
  })
})

describe('parseIni', () => {
  it('passes over what it does not understand', () => {
    const values = parseIni('\uFEFF; a note\n[A]\nx = 1 \n[B]\r\ny=a=b\r\nnonsense\n=\n')
    expect([...values]).toEqual([
      ['A.x', '1'],
      ['B.y', 'a=b'],
    ])
  })
})
