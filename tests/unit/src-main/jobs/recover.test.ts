import { describe, expect, it } from 'vitest'
import { isTempName, recover } from '../../../../src-main/jobs/recover.ts'

const dead = { pid: 1, startedAt: 'then', bootId: 'boot' }
const alive = { pid: 2, startedAt: 'now', bootId: 'boot' }

describe('recover', () => {
  it('ends children first, removes what dead processes left, and only then frees their jobs', async () => {
    const done: string[] = []
    const rows = new Map([
      ['/out/.clutchcut-1-1-ab.partial.mp4', dead],
      ['/out/.clutchcut-2-1-cd.partial.mp4', alive],
      ['/gone/.clutchcut-1-2-ef.partial.mp4', dead],
      ['/home/me/wedding.mp4', dead],
    ])
    const recovered = await recover({
      store: { releaseStale: () => (done.push('released'), [7]) },
      tempFiles: {
        list: () => [...rows].map(([path, owner]) => ({ path, owner })),
        remove: (path) => void rows.delete(path),
      },
      reapChildren: async () => (done.push('reaped'), 1),
      isAlive: (process) => process === alive,
      removeFile: async (path) => (done.push(`removed ${path}`), path.startsWith('/gone') ? 'unreachable' : 'removed'),
      now: () => 0,
      platform: 'linux',
    })
    expect(recovered).toEqual({ reaped: 1, removed: ['/out/.clutchcut-1-1-ab.partial.mp4'], released: [7] })
    expect(done).toEqual([
      'reaped',
      'removed /out/.clutchcut-1-1-ab.partial.mp4',
      'removed /gone/.clutchcut-1-2-ef.partial.mp4',
      'released',
    ])
    // The living one's stays, and so does what an unplugged drive may bring back.
    expect([...rows.keys()]).toEqual(['/out/.clutchcut-2-1-cd.partial.mp4', '/gone/.clutchcut-1-2-ef.partial.mp4'])
  })
})

describe('isTempName', () => {
  it.each([
    ['linux', '/out/.clutchcut-1-1-ab.partial.mp4', true],
    ['win32', 'C:\\out\\.clutchcut-1-1-ab.partial.json', true],
    ['linux', '/out/clip.mp4', false],
    ['linux', '/.clutchcut-1.partial.mp4/clip.mp4', false],
  ] as const)('%s %s', (platform, path, expected) => {
    expect(isTempName(path, platform)).toBe(expected)
  })
})
