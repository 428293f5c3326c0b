import { expect, test } from 'vitest'
import { browserCommand } from '../../../../src-main/cli/open-browser.ts'

const url = 'http://127.0.0.1:4517/#token=a&b|c"d'

test.each([
  ['win32', 'rundll32', ['url.dll,FileProtocolHandler', url]],
  ['darwin', 'open', [url]],
  ['linux', 'xdg-open', [url]],
  ['freebsd', 'xdg-open', [url]],
] as const)('on %s the browser is opened by %s, and the link is one argument', (platform, file, args) => {
  expect(browserCommand(url, platform)).toEqual({ file, args })
})
