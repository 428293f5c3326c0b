import Database from 'better-sqlite3'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeMedia } from '../helpers/make-media.ts'
import { seededRandom } from '../helpers/damage-file.ts'
import { runCli } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-damaged')
const healthy = join(root, 'healthy')
const clips = join(root, 'clips')
const burst = "aevalsrc='0.005*random(0)+if(between(t,11,11.4),0.8*sin(2*PI*2000*t))':s=48000:d=20"
let file = ''

beforeAll(async () => {
  file = await makeMedia(root, { seconds: 20, audio: [{ source: burst }] }, 'match.mp4')
  const run = await runCli(['process', file, '--out', clips, '--top', '1', '--device', 'cpu', '--data-dir', healthy])
  expect(run.code).toBe(0)
})

function copyOfLibrary(name: string): { folder: string; database: string } {
  const folder = join(root, name)
  cpSync(healthy, folder, { recursive: true })
  return { folder, database: join(folder, 'library.db') }
}

/** As an older program, another tool or a bad disk may leave it: the table's own checks are not asked. */
function change(database: string, sql: string): void {
  const raw = new Database(database)
  raw.pragma('ignore_check_constraints = ON')
  raw.exec(sql)
  raw.close()
}

describe('a damaged library', () => {
  it('never gives more than an error with a name, wherever the damage is', async () => {
    const random = seededRandom(7)
    for (let round = 0; round < 4; round += 1) {
      const { folder, database } = copyOfLibrary(`damaged-${round}`)
      const bytes = readFileSync(database)
      const at = 4096 + Math.floor(random() * (bytes.length - 8192))
      for (let i = at; i < at + 4096; i += 1) bytes[i] = Math.floor(random() * 256)
      writeFileSync(database, bytes)
      for (const command of [
        ['library', 'verify'],
        ['library', 'search', 'match'],
        ['analyze', file, '--top', '2'],
      ]) {
        const run = await runCli([...command, '--data-dir', folder])
        expect(run.stderr, `${command.join(' ')} with damage at ${at}`).not.toMatch(/unexpected|\n\s+at /)
        expect([0, 1]).toContain(run.code)
      }
      rmSync(folder, { recursive: true })
    }
  })

  it('is set aside by rebuild, which makes a new one from the notes beside the clips', async () => {
    const { folder, database } = copyOfLibrary('garbage')
    writeFileSync(database, 'garbage')
    const refused = await runCli(['library', 'list', '--data-dir', folder])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('library rebuild')])
    const run = await runCli(['library', 'rebuild', clips, '--data-dir', folder, '--json'])
    expect(run.code).toBe(0)
    const { kept, recordings, renders } = JSON.parse(run.stdout) as Record<string, unknown>
    expect([recordings, renders]).toEqual([1, 1])
    expect(readFileSync(String(kept), 'utf8')).toBe('garbage')
  })

  it("that is another program's database stays where it is", async () => {
    const { folder, database } = copyOfLibrary('foreign')
    change(database, 'PRAGMA application_id = 77')
    const run = await runCli(['library', 'rebuild', clips, '--data-dir', folder])
    expect(run.code).toBe(1)
    expect(existsSync(database)).toBe(true)
    expect(readdirSync(join(folder, 'backups'))).toEqual([])
  })
})

it('settings, checkpoints and features that cannot be read are made anew', async () => {
  const { folder, database } = copyOfLibrary('unreadable')
  change(
    database,
    `UPDATE checkpoints SET value = '[1,2'; INSERT INTO settings VALUES ('cut', 'torn', 1), ('device', '5', 1)`,
  )
  for (const name of readdirSync(join(folder, 'features'))) writeFileSync(join(folder, 'features', name), 'torn')
  const run = await runCli(['analyze', file, '--data-dir', folder, '--json', '--device', 'cpu'])
  expect([run.stderr, run.code]).toEqual(['', 0])
})

it('an empty CLUTCHCUT_DATA_DIR is none', async () => {
  const [home, cwd] = [tempFolder('clutchcut-home'), tempFolder('clutchcut-cwd')]
  const env = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_DATA_HOME: '', CLUTCHCUT_DATA_DIR: '' }
  expect((await runCli(['library', 'list'], { cwd, env })).code).toBe(0)
  expect(readdirSync(cwd)).toEqual([])
})
