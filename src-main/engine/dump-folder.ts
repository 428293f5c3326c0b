import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dumpMark } from '../../src-shared/contract/documents.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { translate } from '../adapters/files/output-error.ts'

const document = 'features.json'
/** What is measured, while it is being dumped. */
export const measuredName = 'measured.features'

/**
 * Makes the folder for a dump and marks it as one, so that what a killed process leaves is known as ours. Refuses a
 * folder that holds anything but an earlier dump. Returns what undoes it where no dump came of it.
 * @throws ClutchcutError `output/…`.
 */
export async function prepareDumpFolder(folder: string): Promise<() => Promise<void>> {
  const made = await mkdir(folder, { recursive: true }).catch(translate(folder))
  const entries = await readdir(folder).catch(translate(folder))
  if (entries.length > 0) {
    if ((await kindOf(folder)) === dumpMark && entries.every(isOurs)) return async () => {}
    throw new ClutchcutError('output/not-writable', `${folder} holds other files. Choose an empty folder.`, {
      data: { path: folder },
    })
  }
  await writeDocument(folder, { kind: dumpMark })
  return async () => {
    if ((await readdir(folder)).join() === document) await rm(join(folder, document))
    // Only if it is empty.
    if (made !== undefined) await rmdir(folder).catch(() => {})
  }
}

/** Writes `features.json`, in one step. @throws ClutchcutError `output/…`. */
export async function writeDocument(folder: string, content: unknown): Promise<void> {
  const [temp, final] = [join(folder, `.clutchcut-${process.pid}.partial.json`), join(folder, document)]
  try {
    await writeFile(temp, `${JSON.stringify(content)}\n`).catch(translate(final))
    await rename(temp, final).catch(translate(final))
  } finally {
    await rm(temp, { force: true })
  }
}

function isOurs(name: string): boolean {
  return (
    name === document ||
    name === measuredName ||
    /^[a-z_]+\.npy$/.test(name) ||
    /^\.clutchcut-[\w-]+\.partial\./.test(name)
  )
}

async function kindOf(folder: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(join(folder, document), 'utf8')) as { kind?: unknown } | null)?.kind
  } catch {
    return undefined
  }
}
