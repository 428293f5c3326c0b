import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseIni } from './parse-ini.ts'
import { sceneCollectionSchema } from './scene-schema.ts'
import { sceneFacecam, type SceneFacecam } from './scene-facecam.ts'

/** The largest scene collections have a few hundred sources, a kilobyte or two each. */
const mostBytes = 16 * 1024 ** 2

/**
 * Where OBS's present scene has the camera. Only reads. null where there is no OBS, no camera, or nothing that can be
 * understood: it is a hint, and somebody else's file.
 */
export async function readObsFacecam(configFolder: string): Promise<SceneFacecam | null> {
  // `user.ini` since OBS 31, `global.ini` before; the newer one wins.
  const settings = new Map([
    ...parseIni((await textOf(join(configFolder, 'global.ini'))) ?? ''),
    ...parseIni((await textOf(join(configFolder, 'user.ini'))) ?? ''),
  ])
  const name = settings.get('Basic.SceneCollectionFile')
  if (name === undefined || !isPlain(name)) return null
  const text = await textOf(join(configFolder, 'basic', 'scenes', name.endsWith('.json') ? name : `${name}.json`))
  const collection = sceneCollectionSchema.safeParse(text === null ? null : parsed(text))
  if (!collection.success) return null
  const profile = settings.get('Basic.ProfileDir')
  const basic =
    profile !== undefined && isPlain(profile)
      ? parseIni((await textOf(join(configFolder, 'basic', 'profiles', profile, 'basic.ini'))) ?? '')
      : new Map<string, string>()
  const [width, height] = [Number(basic.get('Video.BaseCX')), Number(basic.get('Video.BaseCY'))]
  return sceneFacecam(collection.data, width > 0 && height > 0 ? { width, height } : null)
}

/** A name, not a path that leads elsewhere. */
function isPlain(name: string): boolean {
  return name !== '' && name !== '..' && basename(name) === name && !/[\\/\0]/.test(name)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** null where there is none, or too much of it. */
async function textOf(path: string): Promise<string | null> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return null
  try {
    const { size } = await handle.stat()
    if (size > mostBytes) return null
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size), position: 0 })
    return buffer.subarray(0, bytesRead).toString('utf8')
  } catch {
    return null
  } finally {
    await handle.close()
  }
}
