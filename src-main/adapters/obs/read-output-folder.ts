import { join } from 'node:path'
import { isPlainName, readSettings, textOf } from './read-config.ts'
import { parseIni } from './parse-ini.ts'

/**
 * Where OBS's present profile puts recordings; a folder of null where its settings leave that to the default, and null
 * where there is no OBS. Only reads.
 */
export async function readObsOutputFolder(configFolder: string): Promise<{ folder: string | null } | null> {
  const settings = await readSettings(configFolder)
  if (settings.size === 0) return null
  const profile = settings.get('Basic.ProfileDir')
  if (profile === undefined || !isPlainName(profile)) return { folder: null }
  const basic = parseIni((await textOf(join(configFolder, 'basic', 'profiles', profile, 'basic.ini'))) ?? '')
  const key =
    basic.get('Output.Mode') !== 'Advanced'
      ? 'SimpleOutput.FilePath'
      : basic.get('AdvOut.RecType') === 'FFmpeg'
        ? 'AdvOut.FFFilePath'
        : 'AdvOut.RecFilePath'
  return { folder: unescaped(basic.get(key) ?? '') || null }
}

/** OBS doubles backslashes when it writes its files. */
function unescaped(value: string): string {
  return value.replaceAll('\\\\', '\\')
}
