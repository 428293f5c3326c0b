import { describe, expect, it } from 'vitest'
import { aptCommands } from '../../../tools/provision/apt.mjs'
import {
  checksumVerdict,
  distributionOf,
  installCommand,
  planFor,
  refusalOfUrl,
  type Build,
  type Machine,
} from '../../../tools/provision/plan.mjs'
import { provision, type Lookup, type Provisioning } from '../../../tools/provision/provision.mjs'
import manifest from '../../../native/manifest.json' with { type: 'json' }

const debianRelease = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
const ubuntuRelease = 'ID=ubuntu\nID_LIKE=debian\n'
const machine = (given: Partial<Machine>): Machine => ({
  platform: 'linux',
  arch: 'x64',
  isRoot: true,
  osRelease: debianRelease,
  offline: false,
  ...given,
})
const builds = manifest.ffmpeg.platforms as Record<string, Build>

describe('the manifest', () => {
  it('has a build with https archives for every platform that we ship', () => {
    for (const platform of ['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-arm64', 'darwin-x64']) {
      const build = builds[platform]
      expect(build, platform).toBeDefined()
      for (const archive of build!.archives) {
        expect(refusalOfUrl(archive.url)).toBeNull()
        expect(archive.sha256 === null || /^[0-9a-f]{64}$/.test(archive.sha256)).toBe(true)
      }
    }
  })
})

describe('the plan', () => {
  const kinds = (given: Partial<Machine>, program: 'ffmpeg' | 'chromium' = 'ffmpeg') =>
    planFor(program, machine(given), program === 'ffmpeg' ? builds : {}).steps.map((step) => step.kind)

  it('downloads first, then asks apt where that is possible', () => {
    expect(kinds({})).toEqual(['download', 'apt'])
    expect(kinds({ osRelease: ubuntuRelease })).toEqual(['download', 'apt'])
    expect(kinds({ offline: true })).toEqual([])
    expect(kinds({ isRoot: false })).toEqual(['download'])
    expect(kinds({ osRelease: 'ID=fedora' })).toEqual(['download'])
    expect(kinds({ platform: 'darwin', osRelease: '' })).toEqual(['download'])
    expect(kinds({ platform: 'win32', osRelease: '', isRoot: false })).toEqual(['download'])
    expect(kinds({ arch: 'riscv64', isRoot: false })).toEqual([])
  })

  it('takes Chromium from Debian, but not from Ubuntu, whose package is a snap', () => {
    expect(kinds({}, 'chromium')).toEqual(['apt'])
    expect(kinds({ osRelease: ubuntuRelease }, 'chromium')).toEqual([])
  })

  it.each([
    [{}, 'apt-get install -y ffmpeg'],
    [{ isRoot: false }, 'sudo apt-get install -y ffmpeg'],
    [{ osRelease: 'ID="rocky"\nID_LIKE="rhel centos fedora"', isRoot: false }, 'sudo dnf install -y ffmpeg-free'],
    [{ osRelease: 'ID=arch', isRoot: false }, 'sudo pacman -S ffmpeg'],
    [{ osRelease: 'ID=alpine' }, 'apk add ffmpeg'],
    [{ osRelease: 'ID=opensuse-leap\nID_LIKE="suse opensuse"' }, 'zypper install ffmpeg'],
    [{ platform: 'darwin' as const }, 'brew install ffmpeg'],
    [{ platform: 'win32' as const }, 'winget install --id Gyan.FFmpeg'],
  ])('knows the one command: %j', (given, command) => {
    expect(installCommand('ffmpeg', machine(given))).toBe(command)
  })

  it('reads os-release with and without quotes', () => {
    expect(distributionOf('ID="linuxmint"\nID_LIKE="ubuntu debian"')).toEqual({
      id: 'linuxmint',
      family: ['linuxmint', 'ubuntu', 'debian'],
    })
    expect(distributionOf('')).toEqual({ id: '', family: [] })
  })

  it('asks apt for nothing but the package', () => {
    const [update, install] = aptCommands(['ffmpeg'])
    expect(update?.at(-1)).toBe('update')
    expect(install?.slice(-4)).toEqual(['install', '-y', '--no-install-recommends', 'ffmpeg'])
  })
})

describe('trust', () => {
  it('needs https', () => {
    expect(refusalOfUrl('http://example.org/a')).toMatch(/not https/)
    expect(refusalOfUrl('file:///etc/passwd')).toMatch(/not https/)
    expect(refusalOfUrl('nonsense')).toMatch(/not https/)
  })

  it('says so when there is no checksum, and refuses a wrong one', () => {
    expect(checksumVerdict({ url: 'x', sha256: null }, 'abc')).toMatchObject({
      ok: true,
      note: expect.stringContaining('No checksum is recorded') as string,
    })
    expect(checksumVerdict({ url: 'x', sha256: 'abc' }, 'abc').ok).toBe(true)
    expect(checksumVerdict({ url: 'x', sha256: 'abc' }, 'abd').ok).toBe(false)
  })
})

describe('provisioning', () => {
  const missing: Lookup = { place: null, refused: [], named: null }

  function fake(given: { answers: Lookup[]; machine?: Partial<Machine>; download?: () => Promise<void> }) {
    const said: string[] = []
    const done: string[] = []
    const answers = [...given.answers]
    const deps: Provisioning = {
      program: 'ffmpeg',
      lookUp: async () => (answers.length > 1 ? answers.shift()! : answers[0]!),
      machine: machine(given.machine ?? {}),
      builds,
      download: async () => {
        done.push('download')
        await given.download?.()
      },
      apt: async (packages) => {
        done.push(`apt ${packages.join(' ')}`)
      },
      say: (line) => said.push(line),
    }
    return { deps, said, done }
  }

  it('is silent when all is there', async () => {
    const { deps, said, done } = fake({ answers: [{ place: '/usr/bin/ffmpeg' }] })
    expect(await provision(deps)).toBe(true)
    expect(said).toEqual([])
    expect(done).toEqual([])
  })

  it('says once what it downloads', async () => {
    const { deps, said, done } = fake({ answers: [missing, { place: '/cache/ffmpeg' }] })
    expect(await provision(deps)).toBe(true)
    expect(done).toEqual(['download'])
    expect(said.filter((line) => line.includes('downloading'))).toHaveLength(1)
  })

  it('goes on to apt when downloads are unreachable, naming the reason', async () => {
    const unreachable = new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') })
    const { deps, said, done } = fake({
      answers: [missing, { place: '/usr/bin/ffmpeg' }],
      download: () => Promise.reject(unreachable),
    })
    expect(await provision(deps)).toBe(true)
    expect(done).toEqual(['download', 'apt ffmpeg'])
    expect(said.join('\n')).toContain('fetch failed (getaddrinfo ENOTFOUND)')
  })

  it('ends with the one command when nothing worked', async () => {
    const { deps, said } = fake({ answers: [missing], machine: { platform: 'darwin', osRelease: '', isRoot: false } })
    expect(await provision(deps)).toBe(false)
    expect(said.at(-1)).toContain('brew install ffmpeg')
  })

  it('does not look past a place that a person named', async () => {
    const named: Lookup = { place: null, refused: ['/x/ffmpeg: does not run'], named: 'CLUTCHCUT_FFMPEG' }
    const { deps, said, done } = fake({ answers: [named] })
    expect(await provision(deps)).toBe(false)
    expect(done).toEqual([])
    expect(said.join('\n')).toContain('CLUTCHCUT_FFMPEG names no usable build')
  })
})
