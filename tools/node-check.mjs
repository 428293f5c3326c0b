// Runs first in every npm script that needs Node 24, on whatever Node there is: so, plain JavaScript.
// On Linux x64 `npm ci` installs the pinned Node into node_modules/.bin, which npm puts first on PATH.
const [major] = process.versions.node.split('.')
if (major !== '24') {
  console.error(
    `Clutchcut needs Node 24, and this is ${process.version} (${process.execPath}).\n` +
      'On Linux x64, run `npm ci` without --omit=optional; elsewhere install Node 24, for instance with `nvm install 24`.',
  )
  process.exit(1)
}
