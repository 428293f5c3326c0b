import { join } from 'node:path'
import { parseIni } from './parse-ini.ts'
import { isPlainName, readSettings, textOf } from './read-config.ts'
import { sceneCollectionSchema } from './scene-schema.ts'
import { sceneFacecam, type SceneFacecam } from './scene-facecam.ts'

/**
 * Where OBS's present scene has the camera. Only reads. null where there is no OBS, no camera, or nothing that can be
 * understood: it is a hint, and somebody else's file.
 */
export async function readObsFacecam(configFolder: string): Promise<SceneFacecam | null> {
  const settings = await readSettings(configFolder)
  const name = settings.get('Basic.SceneCollectionFile')
  if (name === undefined || !isPlainName(name)) return null
  const text = await textOf(join(configFolder, 'basic', 'scenes', name.endsWith('.json') ? name : `${name}.json`))
  const collection = sceneCollectionSchema.safeParse(text === null ? null : parsed(text))
  if (!collection.success) return null
  const profile = settings.get('Basic.ProfileDir')
  const basic =
    profile !== undefined && isPlainName(profile)
      ? parseIni((await textOf(join(configFolder, 'basic', 'profiles', profile, 'basic.ini'))) ?? '')
      : new Map<string, string>()
  const [width, height] = [Number(basic.get('Video.BaseCX')), Number(basic.get('Video.BaseCY'))]
  return sceneFacecam(collection.data, width > 0 && height > 0 ? { width, height } : null)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
