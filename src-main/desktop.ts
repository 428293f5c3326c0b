import { homedir } from 'node:os'
import { join } from 'node:path'
import { defaultDataFolder } from './cli/data-folder.ts'
import { programFolders } from './engine/program-folders.ts'
import { findStaticFile } from './headless/static-files.ts'
import { startShell } from './shell/start-shell.ts'

/** The desktop application's main process. Runs as a bundle only: Electron reads no TypeScript. */
const dist = import.meta.dirname
const { platform, env, argv } = process
const rendererFolder = join(programFolders().root, 'dist', 'renderer')

// Not awaited: Electron is ready only once this module has run to its end.
void startShell({
  platform,
  // Started from a checkout, Electron's first argument is the folder of the application.
  argv: process.defaultApp === true ? argv.slice(1) : argv,
  workingFolder: process.cwd(),
  dataFolder: defaultDataFolder({ platform, env, home: homedir() }),
  preload: join(dist, 'preload.cjs'),
  programs: { engine: join(dist, 'desktop-engine.mjs'), infer: join(dist, 'infer.mjs') },
  findPage: (urlPath) => findStaticFile(rendererFolder, urlPath),
})
