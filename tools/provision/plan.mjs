// Decides how a missing program can be had on a machine. Pure: the machine is a value, so each operating system is tested.

/**
 * @typedef {{ url: string, sha256: string | null }} Archive
 * @typedef {{ provider: string, archives: Archive[] }} Build
 * @typedef {{ platform: NodeJS.Platform, arch: string, isRoot: boolean, osRelease: string, offline: boolean }} Machine
 * @typedef {{ kind: 'download', build: Build } | { kind: 'apt', packages: string[] }} Step
 * @typedef {{ steps: Step[], advice: string }} Plan
 */

/**
 * The ids of a Linux distribution and of those it descends from, from the text of /etc/os-release.
 * @param {string} osRelease
 * @returns {{ id: string, family: string[] }}
 */
export function distributionOf(osRelease) {
  /** @param {string} key */
  const field = (key) =>
    (new RegExp(`^${key}=(.*)$`, 'm').exec(osRelease)?.[1] ?? '').trim().replace(/^["'](.*)["']$/, '$1')
  const id = field('ID').toLowerCase()
  return { id, family: [id, ...field('ID_LIKE').toLowerCase().split(/\s+/)].filter((name) => name !== '') }
}

/**
 * The one command that a person runs on this machine.
 * @param {'ffmpeg' | 'chromium'} program
 * @param {Machine} machine
 * @returns {string}
 */
export function installCommand(program, { platform, isRoot, osRelease }) {
  const chromium = program === 'chromium'
  if (platform === 'darwin') return chromium ? 'brew install --cask chromium' : 'brew install ffmpeg'
  if (platform === 'win32') return chromium ? 'winget install --id Google.Chrome' : 'winget install --id Gyan.FFmpeg'
  const { family } = distributionOf(osRelease)
  const sudo = isRoot ? '' : 'sudo '
  if (family.includes('debian') || family.includes('ubuntu')) return `${sudo}apt-get install -y ${program}`
  if (family.includes('fedora') || family.includes('rhel')) {
    return `${sudo}dnf install -y ${chromium ? 'chromium' : 'ffmpeg-free'}`
  }
  if (family.includes('arch')) return `${sudo}pacman -S ${program}`
  if (family.includes('alpine')) return `${sudo}apk add ${program}`
  if (family.some((name) => name.includes('suse'))) return `${sudo}zypper install ${program}`
  return chromium
    ? 'install Chromium and set CLUTCHCUT_CHROMIUM to it'
    : 'install FFmpeg 5.0 or newer, with ffprobe, and set CLUTCHCUT_FFMPEG to its folder'
}

/**
 * What to try, in order, and what to say when nothing of it worked.
 * @param {'ffmpeg' | 'chromium'} program
 * @param {Machine} machine
 * @param {Record<string, Build>} builds  by `platform-arch`
 * @returns {Plan}
 */
export function planFor(program, machine, builds) {
  /** @type {Step[]} */
  const steps = []
  const build = builds[`${machine.platform}-${machine.arch}`]
  if (machine.offline) return { steps, advice: installCommand(program, machine) }
  if (build !== undefined) steps.push({ kind: 'download', build })
  if (canUseApt(program, machine)) steps.push({ kind: 'apt', packages: [program] })
  return { steps, advice: installCommand(program, machine) }
}

/**
 * @param {'ffmpeg' | 'chromium'} program
 * @param {Machine} machine
 */
function canUseApt(program, { platform, isRoot, osRelease }) {
  if (platform !== 'linux' || !isRoot) return false
  const { id, family } = distributionOf(osRelease)
  // Ubuntu's `chromium` package only points at a snap, which does not run in a container or as root.
  if (program === 'chromium' && (id === 'ubuntu' || family.includes('ubuntu'))) return false
  return family.includes('debian') || family.includes('ubuntu')
}

/**
 * Why an address may not be downloaded from; null when it may.
 * @param {string} url
 * @returns {string | null}
 */
export function refusalOfUrl(url) {
  return URL.canParse(url) && new URL(url).protocol === 'https:' ? null : `${url} is not https`
}

/**
 * @param {Archive} archive
 * @param {string} measured  SHA-256 of what came
 * @returns {{ ok: boolean, note: string }}
 */
export function checksumVerdict(archive, measured) {
  if (archive.sha256 === null) {
    return {
      ok: true,
      note: `No checksum is recorded for this build yet, so only HTTPS vouches for it. SHA-256 of what came: ${measured}`,
    }
  }
  if (archive.sha256 === measured) return { ok: true, note: 'Its SHA-256 is the recorded one.' }
  return { ok: false, note: `SHA-256 is ${measured}, not the recorded ${archive.sha256}: thrown away` }
}
