import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { findSidecars } from '../../../../../src-main/adapters/markers/find-sidecars.ts'
import { steamSession, steamTimeline } from '../../../../../src-shared/domain/steam-names.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-sidecars')
function touch(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), '0:01 x\n')
  }
}
const found = async (recording: string): Promise<string[]> =>
  (await findSidecars(join(folder, recording))).map(({ path, sure }) => `${basename(path)}${sure ? '' : '?'}`)

it('knows the marker files of a recording by their names, and no others', async () => {
  touch(
    'v/Match 1.mkv',
    'v/Match 1.Markers.CSV',
    'v/match 1.markers.json',
    'v/Match 1.txt',
    'v/Match 1.markers.csv.bak',
  )
  touch(
    'v/Match 1.srt',
    'v/Match 1.labels.json',
    'v/Match 1.csv',
    'v/Match 10.markers.csv',
    'v/notes.txt',
    'v/obs-local-stream-marker 2026.csv',
  )
  touch('v/timeline_73020241005_223412.json', 'v/Match 1.clutchcut.json')
  expect(await found('v/Match 1.mkv')).toEqual([
    'Match 1.Markers.CSV',
    'Match 1.txt?',
    'match 1.markers.json',
    'obs-local-stream-marker 2026.csv?',
    'timeline_73020241005_223412.json?',
  ])
  expect(await found('gone/Match 1.mkv')).toEqual([])
})

it("knows Steam's timelines of the same game, in both places", async () => {
  for (const root of ['gamerecordings', 'gamerecordings/clips/clip_730_20241005_223900']) {
    touch(`${root}/video/bg_730_20241005_223412/session.mpd`, `${root}/timelines/timeline_73020241005_223350.json`)
    touch(
      `${root}/timelines/timeline_57020241005_223350.json`,
      `${root}/timelines/notes.json`,
      `${root}/timelines/timeline_73020240905_223350.json`,
    )
    expect(await found(`${root}/video/bg_730_20241005_223412/session.mpd`)).toEqual([
      'timeline_73020241005_223350.json?',
    ])
  }
})

it("reads the time in Steam's names", () => {
  const startedAt = Date.UTC(2024, 9, 5, 22, 34, 12) / 1000
  expect(steamSession('fg_730_20241005_223412')).toEqual({ app: '730', startedAt })
  expect(steamSession('bg_1621690_20241005_223412_0')).toEqual({ app: '1621690', startedAt })
  expect(steamTimeline('timeline_73020241005_223412.json')).toEqual({ app: '730', startedAt })
  for (const name of ['fg_730_20241305_223412', 'fg_730_20241005', 'match', 'xfg_730_20241005_223412']) {
    expect(steamSession(name)).toBeNull()
  }
  expect(steamTimeline('timeline_73020241005_993412.json')).toBeNull()
})
