import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  revealCommand,
  trashCommand,
  type DesktopCommand,
} from '../../../../../src-main/adapters/host/desktop-commands.ts'
import { createDesktopServices } from '../../../../../src-main/adapters/host/desktop-services.ts'
import { trashXdg } from '../../../../../src-main/adapters/host/trash-xdg.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-trash')
const uid = process.getuid?.() ?? 0
let n = 0
const place = () => {
  n += 1
  const home = join(folder, String(n))
  mkdirSync(home)
  return { home, env: {}, uid, now: () => new Date(2026, 0, 2, 3, 4, 5) }
}

describe.skipIf(process.platform === 'win32')('the bin of a Linux desktop', () => {
  it('takes a file with a note of where it was', async () => {
    const at = place()
    const path = join(at.home, 'Über 100%.mkv')
    writeFileSync(path, 'match')
    await trashXdg(path, at)
    const bin = join(at.home, '.local', 'share', 'Trash')
    expect(existsSync(path)).toBe(false)
    expect(readFileSync(join(bin, 'files', 'Über 100%.mkv'), 'utf8')).toBe('match')
    const note = readFileSync(join(bin, 'info', 'Über 100%.mkv.trashinfo'), 'utf8')
    const escaped = path.split('/').map(encodeURIComponent).join('/')
    expect(note).toBe(`[Trash Info]\nPath=${escaped}\nDeletionDate=2026-01-02T03:04:05\n`)
  })

  it('replaces nothing that is in there', async () => {
    const at = place()
    for (const text of ['one', 'two', 'three']) {
      writeFileSync(join(at.home, 'a.mp4'), text)
      await trashXdg(join(at.home, 'a.mp4'), at)
    }
    const files = join(at.home, '.local', 'share', 'Trash', 'files')
    expect(readdirSync(files).map((name) => [name, readFileSync(join(files, name), 'utf8')])).toEqual([
      ['a.2.mp4', 'two'],
      ['a.3.mp4', 'three'],
      ['a.mp4', 'one'],
    ])
  })

  it('goes where XDG_DATA_HOME says, and not where a relative one would lead', async () => {
    const at = place()
    const data = join(at.home, 'data')
    writeFileSync(join(at.home, 'a.mp4'), '')
    await trashXdg(join(at.home, 'a.mp4'), { ...at, env: { XDG_DATA_HOME: data } })
    expect(readdirSync(join(data, 'Trash', 'files'))).toEqual(['a.mp4'])
    writeFileSync(join(at.home, 'b.mp4'), '')
    await trashXdg(join(at.home, 'b.mp4'), { ...at, env: { XDG_DATA_HOME: 'somewhere' } })
    expect(readdirSync(join(at.home, '.local', 'share', 'Trash', 'files'))).toEqual(['b.mp4'])
  })

  it('says so where there is no such file, or no bin, and leaves the file', async () => {
    const at = place()
    await expect(trashXdg(join(at.home, 'none'), at)).rejects.toMatchObject({ code: 'input/not-found' })
    const path = join(at.home, 'a.mp4')
    writeFileSync(path, 'kept')
    // A file where the bin's folder should be.
    mkdirSync(join(at.home, '.local', 'share', 'Trash'), { recursive: true })
    writeFileSync(join(at.home, '.local', 'share', 'Trash', 'files'), '')
    await expect(trashXdg(path, at)).rejects.toMatchObject({ code: 'output/not-writable' })
    expect(readFileSync(path, 'utf8')).toBe('kept')
  })
})

describe('commands of the other systems', () => {
  const hostile = 'C:\\a"; Remove-Item -Recurse C:\\ #.mkv'

  it('never have a path in the text of a script', () => {
    const windows = trashCommand(hostile, 'win32')!
    expect(windows.env).toEqual({ CLUTCHCUT_TRASH: hostile })
    expect(windows.args.join(' ')).not.toContain('Remove-Item')
    expect(windows.args.join(' ')).not.toMatch(/Remove|Delete\(/)
    const mac = trashCommand('/a" & do shell script "rm', 'darwin')!
    expect(mac.args.at(-1)).toBe('/a" & do shell script "rm')
    expect(mac.args.slice(0, -1).join('\n')).not.toContain('shell')
    expect(trashCommand('/a', 'linux')).toBeNull()
  })

  it('show a file where there is something to show it in', () => {
    for (const odd of ['', '" /root,C:\\']) {
      expect(revealCommand(`C:\\my clips\\a, b${odd}.mp4`, 'win32')).toMatchObject({
        file: 'explorer.exe',
        args: [`/select,"C:\\my clips\\a, b${odd.slice(1)}.mp4"`],
        verbatim: true,
      })
    }
    expect(revealCommand('/v/a.mp4', 'darwin')).toEqual({ file: 'open', args: ['-R', '/v/a.mp4'] })
    expect(revealCommand('/v/a.mp4', 'linux', { DISPLAY: ':0' })).toEqual({ file: 'xdg-open', args: ['/v'] })
    expect(revealCommand('/v/a.mp4', 'linux', {})).toBeNull()
  })

  it('fail with what happened, and are not offered where they cannot work', async () => {
    const ran: DesktopCommand[] = []
    const run = async (command: DesktopCommand): Promise<void> => {
      ran.push(command)
      throw new Error('no')
    }
    const path = join(folder, 'there.mp4')
    writeFileSync(path, '')
    const services = createDesktopServices({ platform: 'darwin', env: {}, home: folder, uid, run })
    await expect(services.trash?.(path)).rejects.toMatchObject({ code: 'output/not-writable' })
    await expect(services.trash?.(join(folder, 'none'))).rejects.toMatchObject({ code: 'input/not-found' })
    expect(ran).toHaveLength(1)
    const bare = createDesktopServices({ platform: 'linux', env: {}, home: folder, uid, run })
    expect(bare.revealInFolder).toBeUndefined()
  })
})
