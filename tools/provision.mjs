// Makes sure that FFmpeg (with `--chromium`, a Chromium too) is on this machine: looks where the engine looks, then
// downloads a build, then asks apt, else prints the one command to run. Silent when all is there.
// Plain JavaScript for Node 20 and later, because it runs before anything else does.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { chromiumCandidates, chromiumVariable, findChromium } from '../native/find-chromium.mjs'
import { environmentVariable, ffmpegCandidates, findFfmpeg } from '../native/find-ffmpeg.mjs'
import { aptInstall } from './provision/apt.mjs'
import { downloadBuild } from './provision/download.mjs'
import { provision } from './provision/provision.mjs'

const checkout = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const cacheFolder = path.join(checkout, '.cache', 'ffmpeg')

function thisMachine() {
  let osRelease = ''
  try {
    osRelease = readFileSync('/etc/os-release', 'utf8')
  } catch {
    // Not Linux, or a Linux that does not say.
  }
  return {
    platform: process.platform,
    arch: process.arch,
    isRoot: process.getuid?.() === 0,
    osRelease,
    offline: process.env['CLUTCHCUT_OFFLINE'] === '1',
  }
}

/** @returns {Promise<import('./provision/provision.mjs').Lookup>} */
async function lookUpFfmpeg() {
  const candidates = ffmpegCandidates({
    platform: process.platform,
    env: process.env,
    resourcesFolder: path.join(checkout, 'resources'),
    cacheFolder,
  })
  const { found, refused } = await findFfmpeg(candidates)
  if (found !== null) return { place: `${found.ffmpeg} (${found.version})` }
  return {
    place: null,
    refused: refused.map(({ candidate, why }) => `${candidate.ffmpeg}: ${why}`),
    named: process.env[environmentVariable] ? environmentVariable : null,
  }
}

/** @returns {Promise<import('./provision/provision.mjs').Lookup>} */
async function lookUpChromium() {
  const place = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
  if (place !== null) return { place }
  return { place: null, refused: [], named: process.env[chromiumVariable] ? chromiumVariable : null }
}

/** @param {readonly string[]} args */
async function main(args) {
  const machine = thisMachine()
  const manifest = JSON.parse(readFileSync(path.join(checkout, 'native', 'manifest.json'), 'utf8'))
  /** @param {string} line */
  const say = (line) => console.error(line)
  /** @param {import('./provision/plan.mjs').Build} build */
  const download = (build) =>
    downloadBuild(build, { cacheFolder, maxBytes: manifest.ffmpeg.maxArchiveBytes, platform: machine.platform, say })
  const common = { machine, download, apt: aptInstall, say }

  let complete = await provision({
    ...common,
    program: 'ffmpeg',
    lookUp: lookUpFfmpeg,
    builds: manifest.ffmpeg.platforms,
  })
  if (args.includes('--chromium')) {
    complete = (await provision({ ...common, program: 'chromium', lookUp: lookUpChromium, builds: {} })) && complete
  }
  return complete ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
