import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readObsOutputFolder } from '../../../../../src-main/adapters/obs/read-output-folder.ts'
import { findRecorders } from '../../../../../src-main/adapters/recorders/find-recorders.ts'
import { countRecordings, registryValue, thisMachine } from '../../../../../src-main/adapters/recorders/look-around.ts'
import type { Surroundings } from '../../../../../src-main/adapters/recorders/surroundings.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-recorders')
let n = 0
const write = (path: string, text = ''): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
/** A machine of another system, its drive `C:` below a folder here. */
function machine(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string) {
  n += 1
  const drive = join(root, String(n))
  const local = (path: string): string => join(drive, ...path.replace(/^[A-Z]:/, '').split(/[\\/]/))
  const real = thisMachine('linux', {}, '/')
  const registry = new Map<string, string>()
  const around: Surroundings = {
    platform,
    env,
    home,
    registry: async (key, value) => registry.get(`${key.split('\\').at(-1)}/${value}`) ?? null,
    folders: (path) => real.folders(local(path)),
    text: (path) => real.text(local(path)),
  }
  const find = () => findRecorders(around, (config) => readObsOutputFolder(local(config)))
  return { local, registry, find, write: (path: string, text?: string) => write(local(path), text) }
}
const utf16 = (text: string): string => Buffer.from(`${text}\0`, 'utf16le').toString('hex').toUpperCase()

describe('Windows', () => {
  const env = { APPDATA: 'C:\\Users\\x\\AppData\\Roaming', USERPROFILE: 'C:\\Users\\x', SystemDrive: 'C:' }
  const obs = 'C:\\Users\\x\\AppData\\Roaming\\obs-studio'

  it('reads what each recorder says', async () => {
    const pc = machine('win32', env, 'C:\\Users\\x')
    pc.write(`${obs}\\user.ini`, '\uFEFF[Basic]\r\nProfile=Stream\r\nProfileDir=Stream\r\n')
    pc.write(
      `${obs}\\basic\\profiles\\Stream\\basic.ini`,
      '\uFEFF[Output]\r\nMode=Advanced\r\n[AdvOut]\r\nRecType=Standard\r\nRecFilePath=D:\\\\Recordings\r\n[SimpleOutput]\r\nFilePath=C:/wrong\r\n',
    )
    pc.registry.set('NVSPCAPS/DefaultPathW', utf16('E:\\Shadow Play'))
    pc.registry.set('User Shell Folders/My Video', '%UserProfile%\\OneDrive\\Videos')
    pc.registry.set('User Shell Folders/{EDC0FE71-98D8-4F4A-B920-C8DC133CB165}', 'F:\\Captures')
    pc.registry.set('Steam/SteamPath', 'd:/steam')
    pc.write('d:\\steam\\userdata\\12345\\gamerecordings\\a.txt')
    pc.write('d:\\steam\\userdata\\anonymous\\a.txt')
    const found = await pc.find()
    const byId = Object.fromEntries(found.map(({ recorder, folder, configured }) => [recorder, [folder, configured]]))
    expect(byId).toMatchObject({
      obs: ['D:\\Recordings', true],
      shadowplay: ['E:\\Shadow Play', true],
      'game-bar': ['F:\\Captures', true],
      radeon: ['C:\\Users\\x\\OneDrive\\Videos\\Radeon ReLive', false],
      medal: ['C:\\Medal\\Clips', false],
      videos: ['C:\\Users\\x\\OneDrive\\Videos', false],
    })
    expect(found.at(-1)?.recorder).toBe('videos')
  })

  it('takes the defaults where nothing is said, and names a folder once', async () => {
    const pc = machine('win32', env, 'C:\\Users\\x')
    pc.write(`${obs}\\global.ini`, '[Basic]\nProfileDir=Untitled\n')
    pc.registry.set('NVSPCAPS/DefaultPathW', 'no hex')
    const found = await pc.find()
    expect(found.filter(({ folder }) => folder === 'C:\\Users\\x\\Videos')).toMatchObject([{ recorder: 'obs' }])
    expect(found.some(({ recorder }) => recorder === 'shadowplay')).toBe(false)
  })

  it('reads values as reg.exe prints them', () => {
    const output =
      '\r\nHKEY_CURRENT_USER\\Software\\Valve\\Steam\r\n    SteamPath    REG_SZ    c:/program files (x86)/steam\r\n\r\n'
    expect(registryValue(output, 'SteamPath')).toBe('c:/program files (x86)/steam')
    expect(registryValue(output, 'Steam')).toBeNull()
    expect(registryValue('ERROR: not found', 'SteamPath')).toBeNull()
  })
})

describe('Linux and macOS', () => {
  it('know OBS as a package and as a Flatpak, the desktop’s videos folder, and Steam', async () => {
    const pc = machine('linux', {}, '/home/x')
    pc.write('/home/x/.config/user-dirs.dirs', '# made by xdg\nXDG_VIDEOS_DIR="$HOME/Vidéos"\n')
    pc.write('/home/x/.config/obs-studio/user.ini', '[Basic]\nProfileDir=Untitled\n')
    pc.write('/home/x/.config/obs-studio/basic/profiles/Untitled/basic.ini', '[SimpleOutput]\nFilePath=/data/rec\n')
    const flatpak = '/home/x/.var/app/com.obsproject.Studio/config/obs-studio'
    pc.write(`${flatpak}/user.ini`, '[Basic]\nProfileDir=../../evil\n')
    pc.write('/home/x/.local/share/Steam/userdata/77/config.txt')
    expect((await pc.find()).map(({ recorder, folder, configured }) => [recorder, folder, configured])).toEqual([
      ['obs', '/data/rec', true],
      ['obs', '/home/x', false],
      ['steam', '/home/x/.local/share/Steam/userdata/77/gamerecordings/video', false],
      ['videos', '/home/x/Vidéos', false],
    ])
  })

  it('finds Movies where there is no recorder', async () => {
    expect(await machine('darwin', {}, '/Users/x').find()).toMatchObject([
      { recorder: 'videos', folder: '/Users/x/Movies' },
    ])
  })

  it('reads the FFmpeg output of OBS on macOS', async () => {
    const mac = machine('darwin', {}, '/Users/x')
    const obs = '/Users/x/Library/Application Support/obs-studio'
    mac.write(`${obs}/user.ini`, '[Basic]\nProfileDir=A\n')
    mac.write(`${obs}/basic/profiles/A/basic.ini`, '[Output]\nMode=Advanced\n[AdvOut]\nRecType=FFmpeg\nFFFilePath=/v\n')
    expect((await mac.find())[0]).toMatchObject({ recorder: 'obs', folder: '/v', configured: true })
  })
})

it('counts recordings in a folder and right below it', async () => {
  const folder = join(root, 'count')
  write(join(folder, 'a.MKV'))
  write(join(folder, 'notes.txt'))
  write(join(folder, 'Apex', 'b.mp4'))
  write(join(folder, 'Apex', 'deeper', 'c.mp4'))
  for (const [path, at] of [
    ['a.MKV', 1000],
    ['Apex/b.mp4', 2000],
  ] as const)
    utimesSync(join(folder, path), at, at)
  expect(await countRecordings(folder)).toEqual({ recordings: 2, newestAt: new Date(2_000_000).toISOString() })
  expect(await countRecordings(join(folder, 'none'))).toBeNull()
  mkdirSync(join(root, 'empty'))
  expect(await countRecordings(join(root, 'empty'))).toEqual({ recordings: 0, newestAt: null })
})
