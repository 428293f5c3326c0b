import { link, lstat, mkdir, open, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, posix, relative, resolve } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

export interface TrashXdgOptions {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** Of this person, for the bins of other drives. */
  readonly uid: number
  readonly now?: () => Date
}

interface Bin {
  readonly folder: string
  /** How `Path=` names the file: absolute in the home's bin, relative to the drive in its own. */
  readonly pathOf: (path: string) => string
}

const mostNames = 1000

/**
 * Puts a file into the recycle bin of a Linux desktop, as freedesktop.org's Trash specification 1.0 says: beside its
 * own drive's files, with a note of where it was and when. Nothing is copied and nothing is deleted.
 * @throws ClutchcutError `output/not-writable` where the drive has no place for a bin, `input/not-found`.
 */
export async function trashXdg(path: string, options: TrashXdgOptions): Promise<void> {
  const file = resolve(path)
  const device = await lstat(file).then(
    ({ dev }) => dev,
    (cause: unknown) => {
      throw new ClutchcutError('input/not-found', `There is no file ${file}.`, { data: { path: file }, cause })
    },
  )
  const bin = (await homeBin(device, options)) ?? (await driveBin(file, device, options))
  if (bin === null) throw noBin(file)
  await putInto(bin, file, options.now ?? ((): Date => new Date())).catch((cause: unknown) => {
    throw cause instanceof ClutchcutError ? cause : noBin(file, cause)
  })
}

async function homeBin(device: number, { env, home }: TrashXdgOptions): Promise<Bin | null> {
  const data = env['XDG_DATA_HOME']
  const folder = join(data !== undefined && posix.isAbsolute(data) ? data : join(home, '.local', 'share'), 'Trash')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return (await stat(folder)).dev === device ? { folder, pathOf: (path) => path } : null
  } catch {
    return null
  }
}

/** `$topdir/.Trash/$uid` where an administrator made `.Trash` (sticky, no link), else `$topdir/.Trash-$uid`. */
async function driveBin(file: string, device: number, { uid }: TrashXdgOptions): Promise<Bin | null> {
  let top = dirname(file)
  while (dirname(top) !== top && (await stat(dirname(top))).dev === device) top = dirname(top)
  const shared = join(top, '.Trash')
  const isShared = await lstat(shared).then(
    (found) => found.isDirectory() && (found.mode & 0o1000) !== 0,
    () => false,
  )
  for (const folder of [...(isShared ? [join(shared, String(uid))] : []), join(top, `.Trash-${uid}`)]) {
    try {
      await mkdir(folder, { mode: 0o700 }).catch((thrown: unknown) => {
        if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
      })
      const found = await lstat(folder)
      // Somebody else's folder, or a link that leads elsewhere, is no bin of ours.
      if (found.isDirectory() && found.uid === uid && found.dev === device) {
        return { folder, pathOf: (path) => relative(top, path) }
      }
    } catch {
      // The next one, or none.
    }
  }
  return null
}

async function putInto({ folder, pathOf }: Bin, file: string, now: () => Date): Promise<void> {
  await mkdir(join(folder, 'files'), { recursive: true, mode: 0o700 })
  await mkdir(join(folder, 'info'), { recursive: true, mode: 0o700 })
  const { name, ext } = posix.parse(basename(file))
  for (let n = 1; n <= mostNames; n += 1) {
    const inside = n === 1 ? `${name}${ext}` : `${name}.${n}${ext}`
    const note = join(folder, 'info', `${inside}.trashinfo`)
    // The note comes first, and only one can create it: who has it has the name.
    const handle = await open(note, 'wx', 0o600).catch((thrown: unknown) => {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return null
      throw thrown
    })
    if (handle === null) continue
    try {
      try {
        await handle.writeFile(noteOf(pathOf(file), now()))
      } finally {
        await handle.close()
      }
      await moveTo(file, join(folder, 'files', inside))
      return
    } catch (cause) {
      await rm(note, { force: true })
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    }
  }
  throw noBin(file)
}

/** A rename would replace what lies there; a link does not. */
async function moveTo(file: string, place: string): Promise<void> {
  try {
    await link(file, place)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') throw thrown
    await rename(file, place)
    return
  }
  await unlink(file)
}

function noteOf(path: string, when: Date): string {
  const pad = (n: number): string => String(n).padStart(2, '0')
  const day = `${when.getFullYear()}-${pad(when.getMonth() + 1)}-${pad(when.getDate())}`
  const time = `${pad(when.getHours())}:${pad(when.getMinutes())}:${pad(when.getSeconds())}`
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  return `[Trash Info]\nPath=${escaped}\nDeletionDate=${day}T${time}\n`
}

function noBin(path: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError(
    'output/not-writable',
    `The recycle bin cannot take ${path}: its drive has none, or does not let us. Nothing was removed; do it in your file manager.`,
    { data: { path }, ...(cause !== undefined && { cause }) },
  )
}
