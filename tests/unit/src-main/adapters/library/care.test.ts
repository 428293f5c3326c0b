import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { fingerprint, statRecording } from '../../../../../src-main/adapters/files/fingerprint.ts'
import { backUpLibrary } from '../../../../../src-main/adapters/library/backup.ts'
import { connect } from '../../../../../src-main/adapters/library/connect.ts'
import { readMigrations } from '../../../../../src-main/adapters/library/migrate.ts'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import { rebuildLibrary } from '../../../../../src-main/adapters/library/rebuild.ts'
import { relinkRecordings } from '../../../../../src-main/adapters/library/relink.ts'
import { restoreLibrary } from '../../../../../src-main/adapters/library/restore.ts'
import { verifyLibrary } from '../../../../../src-main/adapters/library/verify.ts'
import { sidecarSchema } from '../../../../../src-shared/contract/sidecar.ts'
import { sidecarPath, sidecarText } from '../../../../../src-shared/domain/sidecar.ts'
import { fillLibrary } from '../../../../helpers/fill-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'
import { makeLibraryOfVersion, populateVersion1 } from '../../../../migrations/harness.ts'

const folder = tempFolder('clutchcut-care')
const files = { stat: statRecording, fingerprint }
const failing = (code: string) => expect.objectContaining({ code }) as Error
let count = 0
let root = ''
beforeEach(() => {
  root = join(folder, String(count++))
})

const small = { recordings: 6, clipsEach: 2, linesEach: 2 }
function filled(at = root, size = small): Library {
  const library = openLibrary(at)
  fillLibrary(library, size)
  return library
}
/** Everything in the library that a person would miss. */
function content(library: Library): unknown {
  return {
    recordings: library.recordings.list({ limit: 500 }).items,
    clips: library.clips.list({ limit: 500, order: 'time' }).items,
    sessions: library.sessions.list(),
    found: library.search.find('ace'),
  }
}

describe('backup and restore', () => {
  test('a backup of a library in use is whole, one file, and can be restored elsewhere', async () => {
    const library = filled()
    const before = content(library)
    const fractions: number[] = []
    const backup = await backUpLibrary(library.connection, join(root, 'copy.db'), {
      onProgress: (f) => fractions.push(f),
    })
    expect(backup.path).toBe(join(root, 'copy.db'))
    expect(fractions.length).toBeGreaterThan(0)
    expect(readdirSync(root).filter((name) => /partial|copy\.db./.test(name))).toEqual([])
    library.close()
    rmSync(join(root, 'library.db'))

    expect(await restoreLibrary(root, backup.path)).toEqual({ kept: null, wasDamaged: false })
    const restored = openLibrary(root)
    expect(content(restored)).toEqual(before)
    expect(restored.connection.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    restored.close()
  })

  test('an existing file is never replaced', async () => {
    const library = filled()
    const wanted = join(root, 'mine.db')
    writeFileSync(wanted, 'precious')
    expect((await backUpLibrary(library.connection, wanted)).path).toBe(join(root, 'mine (2).db'))
    expect((await backUpLibrary(library.connection, wanted)).path).toBe(join(root, 'mine (3).db'))
    expect(readFileSync(wanted, 'utf8')).toBe('precious')
    library.close()
  })

  test('what can not be written, or is cancelled, leaves nothing', async () => {
    const library = filled()
    await expect(backUpLibrary(library.connection, join(root, 'absent', 'x.db'))).rejects.toThrow()
    const controller = new AbortController()
    controller.abort()
    const target = join(root, 'cancelled.db')
    await expect(backUpLibrary(library.connection, target, { signal: controller.signal })).rejects.toThrow()
    expect(readdirSync(root).filter((name) => name.startsWith('cancelled'))).toEqual([])
    library.close()
  })

  test('the library that was there is kept', async () => {
    const library = filled()
    const backup = await backUpLibrary(library.connection, join(root, 'copy.db'))
    const before = content(library)
    library.recordings.remove([1, 2, 3])
    const later = content(library)
    library.close()
    const { kept } = await restoreLibrary(root, backup.path)
    const restored = openLibrary(root)
    expect(content(restored)).toEqual(before)
    restored.close()
    await restoreLibrary(root, kept!)
    const again = openLibrary(root)
    expect(content(again)).toEqual(later)
    again.close()
  })

  test('a smaller one over a larger, an older one is brought up to date', async () => {
    filled(root, { recordings: 60, clipsEach: 5, linesEach: 5 }).close()
    const old = join(folder, `old-${count}`)
    makeLibraryOfVersion(old, 1, populateVersion1)
    await restoreLibrary(root, join(old, 'library.db'))
    const library = openLibrary(root)
    expect(library.clips.list().items.map(({ title }) => title)).toEqual(['The clutch'])
    expect(library.search.find('clutch')).toHaveLength(1)
    expect(library.connection.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    library.close()
  })

  test('nothing is restored while another process has the library open', async () => {
    const library = filled()
    const backup = await backUpLibrary(library.connection, join(root, 'copy.db'))
    await expect(restoreLibrary(root, backup.path)).rejects.toThrow(failing('library/busy'))
    library.close()
    await restoreLibrary(root, backup.path)
  })

  test.each([
    ['absent', 'library/backup-invalid', () => join(folder, 'absent.db')],
    ['empty', 'library/backup-invalid', (at: string) => (writeFileSync(at, ''), at)],
    ['text', 'library/backup-invalid', (at: string) => (writeFileSync(at, 'hello'.repeat(100)), at)],
    ['a folder', 'output/not-writable', (at: string) => (mkdirSync(at), at)],
    [
      "another program's",
      'library/backup-invalid',
      (at: string) => {
        const { raw } = connect(at)
        raw.exec('CREATE TABLE theirs (x); PRAGMA user_version = 1')
        raw.close()
        return at
      },
    ],
    [
      'newer',
      'library/newer',
      (at: string) => {
        const library = filled(`${at}-library`)
        library.connection.raw.pragma(`user_version = ${readMigrations().length + 1}`)
        library.close()
        return join(`${at}-library`, 'library.db')
      },
    ],
    [
      'damaged',
      'library/backup-invalid',
      (at: string) => {
        filled(`${at}-library`, { recordings: 40, clipsEach: 5, linesEach: 5 }).close()
        const bytes = readFileSync(join(`${at}-library`, 'library.db'))
        bytes.fill(0x55, 8192, bytes.length - 4096)
        writeFileSync(at, bytes)
        return at
      },
    ],
  ])('a backup that is %s is refused, and the library stays', async (_, code, make) => {
    const library = filled()
    const before = content(library)
    library.close()
    const file = make(join(folder, `backup-${count}`))
    await expect(restoreLibrary(root, file)).rejects.toThrow(failing(code))
    expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([])
    const after = openLibrary(root)
    expect(content(after)).toEqual(before)
    after.close()
  })

  test('a damaged library is kept as it is and replaced', async () => {
    const library = filled()
    const backup = await backUpLibrary(library.connection, join(root, 'copy.db'))
    const before = content(library)
    library.close()
    writeFileSync(join(root, 'library.db'), 'ruined'.repeat(1000))
    const { kept, wasDamaged } = await restoreLibrary(root, backup.path)
    expect(wasDamaged).toBe(true)
    expect(readFileSync(kept!, 'utf8')).toMatch(/^ruined/)
    const restored = openLibrary(root)
    expect(content(restored)).toEqual(before)
    restored.close()
  })

  test('a present library that is newer is left alone', async () => {
    const library = filled()
    const backup = await backUpLibrary(library.connection, join(root, 'copy.db'))
    library.connection.raw.pragma('user_version = 900')
    library.close()
    await expect(restoreLibrary(root, backup.path)).rejects.toThrow(failing('library/newer'))
  })
})

/** A recording that is really there. */
async function add(library: Library, path: string, bytes: string) {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, bytes)
  return library.recordings.save(await fingerprint(path), 1)
}

describe('verify', () => {
  test('a library that is well', async () => {
    const library = openLibrary(root)
    await add(library, join(root, 'v', 'a.mkv'), 'a')
    expect(await verifyLibrary(library, files)).toEqual({
      problems: [],
      fixed: 0,
      checked: { recordings: 1, renders: 0, features: 0 },
    })
    library.close()
  })

  test('tells everything that is wrong; only `fix` changes anything', async () => {
    const library = openLibrary(root)
    const videos = join(root, 'v')
    const gone = await add(library, join(videos, 'gone.mkv'), 'gone')
    const grown = await add(library, join(videos, 'grown.mkv'), 'grown')
    const back = await add(library, join(videos, 'back.mkv'), 'back')
    library.recordings.setState(back.fingerprint, 'missing')
    rmSync(gone.path)
    writeFileSync(grown.path, 'grown more')
    const span = { start: 0, end: 10, peak: 5 }
    const clip = library.clips.add(
      {
        recording: back.fingerprint,
        ...span,
        score: 1,
        reasons: [],
        title: 'x',
        state: 'kept',
        favourite: false,
        tags: [],
      },
      1,
    )
    const render = (name: string) => ({
      ...({ path: join(videos, name), kind: 'landscape', cut: 'copy', verified: false, planHash: 'h' } as const),
      ...{ start: 0, end: 10, size: 4, mtimeMs: 5_000_000 },
    })
    for (const name of ['gone.mp4', 'edited.mp4', 'touched.mp4', 'fine.mp4'])
      library.renders.save(clip.id, render(name))
    for (const name of ['edited.mp4', 'touched.mp4', 'fine.mp4']) {
      writeFileSync(join(videos, name), name === 'edited.mp4' ? 'other' : 'same')
      utimesSync(join(videos, name), 0, name === 'touched.mp4' ? 6000 : 5000)
    }
    library.features.save({ fingerprint: back.fingerprint, version: 1, file: 'lost.ccf', bytes: 1, lastUsedAt: 1 })
    const orphan = join(library.folder.features, 'orphan.ccf')
    const young = join(library.folder.features, 'young.ccf')
    writeFileSync(orphan, '')
    writeFileSync(young, '')
    utimesSync(orphan, 1000, 1000)
    library.connection.raw.exec('DELETE FROM search WHERE rowid = 2')

    const expected = [
      'search',
      'recording-missing',
      'recording-changed',
      'render-changed',
      'render-missing',
      'render-changed',
      'features-missing',
      'features-orphaned',
    ]
    const told = await verifyLibrary(library, files)
    expect(told.problems.map(({ kind }) => kind)).toEqual(expected)
    expect(told.fixed).toBe(0)
    expect((await verifyLibrary(library, files)).problems).toEqual(told.problems)

    expect((await verifyLibrary(library, files, { fix: true })).fixed).toBe(expected.length - 1)
    expect((await verifyLibrary(library, files)).problems.map(({ kind }) => kind)).toEqual([
      'recording-missing',
      'recording-changed',
    ])
    expect(library.recordings.get(gone.id)?.state).toBe('missing')
    expect(library.recordings.get(back.id)?.state).toBe('new')
    expect(library.renders.all().map(({ path }) => path)).toEqual([join(videos, 'fine.mp4')])
    expect([existsSync(orphan), existsSync(young), existsSync(join(videos, 'edited.mp4'))]).toEqual([false, true, true])
    expect(library.search.find('gone')).toHaveLength(1)
    library.close()
  })

  test('damage inside the database is told', async () => {
    const library = filled(root, { recordings: 40, clipsEach: 4, linesEach: 2 })
    library.connection.raw.pragma('foreign_keys = OFF')
    library.connection.raw.exec('UPDATE clips SET recording_id = 9999 WHERE id = 1')
    const { problems } = await verifyLibrary(library, { stat: () => Promise.resolve({ size: 0, mtimeMs: 0 }) })
    expect(problems).toContainEqual({ kind: 'database', detail: 'a row of clips refers to no recordings' })
    library.close()
  })
})

describe('relink', () => {
  test('finds moved and renamed recordings by what is in them', async () => {
    const library = openLibrary(root)
    const [a, b, c, stays] = await Promise.all([
      add(library, join(root, 'old', 'a.mkv'), 'content a'),
      add(library, join(root, 'old', 'b.mkv'), 'content b'),
      add(library, join(root, 'old', 'c.mkv'), 'content of c'),
      add(library, join(root, 'old', 'stays.mkv'), 'stays'),
    ])
    library.recordings.setState(a.fingerprint, 'missing')
    const deep = join(root, 'new', 'x', 'y')
    mkdirSync(deep, { recursive: true })
    renameSync(a.path, join(deep, 'renamed.MKV'))
    renameSync(b.path, join(root, 'new', 'b.mkv'))
    rmSync(c.path)
    // Same size as c, something else inside; same size as a, no recording by its name.
    writeFileSync(join(root, 'new', 'c.mkv'), 'content of d')
    writeFileSync(join(root, 'new', 'a.txt'), 'content a')
    const read: string[] = []
    const watched = {
      ...files,
      fingerprint: (path: string) => {
        read.push(path)
        return fingerprint(path)
      },
    }

    const result = await relinkRecordings(library, [join(root, 'new')], watched)
    expect(result.found.toSorted((x, y) => x.id - y.id)).toEqual([
      { id: a.id, from: a.path, to: join(deep, 'renamed.MKV') },
      { id: b.id, from: b.path, to: join(root, 'new', 'b.mkv') },
    ])
    expect(result.stillMissing).toEqual([{ id: c.id, path: c.path }])
    expect(library.recordings.get(a.id)).toMatchObject({ path: join(deep, 'renamed.MKV'), state: 'new', title: 'a' })
    expect(library.recordings.get(stays.id)?.path).toBe(stays.path)
    expect(read.map((path) => path.slice(root.length + 5)).toSorted()).toEqual(
      ['b.mkv', 'c.mkv', 'x/y/renamed.MKV'].map((p) => p),
    )
    library.close()
  })

  test('a Steam recording that was moved with its folder', async () => {
    const library = openLibrary(root)
    const session = join(root, 'fg_730_20261122_201530')
    mkdirSync(session, { recursive: true })
    writeFileSync(join(session, 'chunk-stream0-00001.m4s'), 'chunk')
    const { id } = await add(library, join(session, 'session.mpd'), '<MPD/>')
    const moved = join(root, 'elsewhere')
    renameSync(session, moved)
    expect((await relinkRecordings(library, [root], files)).found).toEqual([
      { id, from: join(session, 'session.mpd'), to: join(moved, 'session.mpd') },
    ])
    library.close()
  })

  test('is bounded in depth and number, and can be cancelled', async () => {
    const library = openLibrary(root)
    const { path } = await add(library, join(root, 'a.mkv'), 'content')
    const deep = join(root, 'n', '1', '2', '3')
    mkdirSync(deep, { recursive: true })
    renameSync(path, join(deep, 'a.mkv'))
    const shallow = await relinkRecordings(library, [join(root, 'n')], files, { maxDepth: 2 })
    expect(shallow).toMatchObject({ found: [], cutShort: true })
    const few = await relinkRecordings(library, [join(root, 'n')], files, { maxEntries: 2 })
    expect(few).toMatchObject({ found: [], cutShort: true, filesSeen: 2 })
    const controller = new AbortController()
    controller.abort()
    await expect(relinkRecordings(library, [root], files, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect((await relinkRecordings(library, [join(root, 'absent'), join(root, 'n')], files)).found).toHaveLength(1)
    library.close()
  })
})

describe('rebuild', () => {
  async function exported(at: string) {
    const library = openLibrary(join(at, 'library'))
    const recording = await add(library, join(at, 'v', '2026-11-22 20-15-30.mkv'), 'the recording')
    library.recordings.rename(recording.id, { title: 'Friday', game: 'Apex' })
    library.recordings.setDuration(recording.fingerprint, 60)
    const clips = [0, 100].map((start) =>
      library.clips.add(
        {
          recording: recording.fingerprint,
          ...{ start, end: start + 50, peak: start + 20, score: 0.7, title: `clip ${start}` },
          ...({ state: 'kept', favourite: start === 0, tags: ['ace', '試合'] } as const),
          reasons: [{ signal: 'audio.onset', weight: 1, text: 'Sudden loud burst' }],
        },
        1,
      ),
    )
    library.clipEdits.edit(clips[1]!.id, { kind: 'speed', speed: 0.5 })
    const out = join(at, 'out')
    mkdirSync(out)
    for (const clip of clips) {
      const path = join(out, `${clip.title}.mp4`)
      writeFileSync(path, 'a clip')
      const { size, mtimeMs } = await stat(path)
      const span = { start: clip.start - 1, end: clip.end + 1 }
      const render = {
        path,
        kind: 'landscape',
        ...span,
        cut: 'copy',
        verified: false,
        planHash: 'hash',
        size,
        mtimeMs,
      } as const
      library.renders.save(clip.id, render)
      const about = library.recordings.get(recording.id)!
      const model = { id: 'highlights', version: '1.0.0' }
      const { edits } = library.clipEdits.state(clip.id)!
      writeFileSync(sidecarPath(path), sidecarText({ recording, about, clip, edits, render, model }))
    }
    return { library, out, recording }
  }

  test('makes of sidecars the library that was lost', async () => {
    const { library, out, recording } = await exported(root)
    const rebuilt = openLibrary(join(root, 'again'))
    expect(await rebuildLibrary(rebuilt, [out], files)).toEqual({
      ...{ sidecars: 2, recordings: 1, clips: 2, renders: 2, missing: 0, skipped: [], cutShort: false },
    })
    const known = ({ clips }: Library) =>
      clips.list({ order: 'time' }).items.map(({ tags, ...rest }) => ({ ...rest, tags: tags.toSorted() }))
    expect(known(rebuilt)).toEqual(known(library))
    const edits = (of: Library) => of.clips.list({ order: 'time' }).items.map(({ id }) => of.clipEdits.state(id)?.edits)
    expect(edits(rebuilt)).toEqual(edits(library))
    expect(edits(rebuilt)[1]?.parts).toEqual([{ start: 100, end: 150, speed: 0.5 }])
    const original = library.recordings.get(recording.id)!
    expect(rebuilt.recordings.byFingerprint(recording.fingerprint)).toEqual({
      ...original,
      addedAt: expect.any(String) as string,
    })
    expect(rebuilt.search.find('試合')).toHaveLength(2)
    expect(rebuilt.renders.list(1)).toEqual(library.renders.list(1))

    expect(await rebuildLibrary(rebuilt, [out], files)).toMatchObject({
      sidecars: 2,
      recordings: 0,
      clips: 0,
      renders: 0,
    })
    library.close()
    rebuilt.close()
  })

  test('takes what it can: files that moved, changed or are no sidecars', async () => {
    const { library, out, recording } = await exported(root)
    library.close()
    rmSync(recording.path)
    writeFileSync(join(out, 'clip 0.mp4'), 'edited by hand')
    writeFileSync(join(out, 'broken.clutchcut.json'), '{"version":1')
    writeFileSync(join(out, 'theirs.clutchcut.json'), '{"version":1,"recording":{"fingerprint":"../../etc"}}')
    writeFileSync(join(out, 'large.clutchcut.json'), ' '.repeat(2_000_000))
    const rebuilt = openLibrary(join(root, 'again'))
    const result = await rebuildLibrary(rebuilt, [out], files)
    expect(result).toMatchObject({ sidecars: 2, recordings: 1, clips: 2, renders: 1, missing: 1 })
    expect(result.skipped.map(({ path, reason }) => [path.slice(out.length + 1), reason.slice(0, 12)])).toEqual([
      ['broken.clutchcut.json', 'not JSON'],
      ['large.clutchcut.json', 'too large to'],
      ['theirs.clutchcut.json', 'not as we wr'],
    ])
    expect(rebuilt.recordings.byFingerprint(recording.fingerprint)?.state).toBe('missing')
    rebuilt.close()
  })

  test('edits are given back also where a file from before them is found first', async () => {
    const { library, out } = await exported(root)
    library.close()
    const edited = sidecarSchema.parse(JSON.parse(readFileSync(join(out, 'clip 100.clutchcut.json'), 'utf8')))
    const { edits, ...clip } = edited.clip
    const earlier = { ...edited, clip, render: { ...edited.render, file: 'a.mp4' } }
    writeFileSync(join(out, 'a.clutchcut.json'), JSON.stringify(earlier))
    const rebuilt = openLibrary(join(root, 'again'))
    expect(await rebuildLibrary(rebuilt, [out], files)).toMatchObject({ sidecars: 3, clips: 2 })
    const states = rebuilt.clips.list({ order: 'time' }).items.map(({ id }) => rebuilt.clipEdits.state(id)!)
    expect(states.map((state) => state.edits.parts[0]?.speed)).toEqual([1, 0.5])
    expect(states[1]?.edits).toEqual(edits)
    // What somebody edits afterwards stays, however often it is rebuilt.
    rebuilt.clipEdits.edit(rebuilt.clips.list({ order: 'time' }).items[1]!.id, { kind: 'reset' })
    await rebuildLibrary(rebuilt, [out], files)
    expect(rebuilt.clipEdits.state(rebuilt.clips.list({ order: 'time' }).items[1]!.id)?.edits.parts[0]?.speed).toBe(1)
    rebuilt.close()
  })

  test('a sidecar names no file outside its folder', () => {
    const valid = (file: string) => sidecarSchema.shape.render.shape.file.safeParse(file).success
    expect(['a.mp4', '../a.mp4', '/etc/passwd', 'x\\y.mp4', ''].map(valid)).toEqual([true, false, false, false, false])
  })

  test.each([
    ['/out/clip.mp4', '/out/clip.clutchcut.json'],
    ['C:\\out\\a.b.mp4', 'C:\\out\\a.b.clutchcut.json'],
    ['/out.d/clip', '/out.d/clip.clutchcut.json'],
    ['/out/.hidden', '/out/.hidden.clutchcut.json'],
  ])('%s has its document in %s', (path, expected) => {
    expect(sidecarPath(path)).toBe(expected)
  })
})
