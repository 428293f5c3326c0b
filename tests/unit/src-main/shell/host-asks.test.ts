import { beforeEach, expect, test, vi } from 'vitest'
import { clipboard, resetElectron, shell } from '../../../helpers/fake-electron.ts'

vi.mock('electron', () => import('../../../helpers/fake-electron.ts'))
const { copyFile } = await import('../../../../src-main/shell/copy-file.ts')
const { serveHostAsk } = await import('../../../../src-main/shell/host-asks.ts')

beforeEach(resetElectron)

test('what the engine asks for is done by the system', async () => {
  await serveHostAsk('trash', '/out/a.mp4')
  await serveHostAsk('revealInFolder', '/out/b.mp4')
  expect(shell.trashItem).toHaveBeenCalledWith('/out/a.mp4')
  expect(shell.showItemInFolder).toHaveBeenCalledWith('/out/b.mp4')
  await expect(serveHostAsk('openExternal', 'file:///etc/passwd')).rejects.toThrow(/Only web pages/)
  expect(shell.openExternal).not.toHaveBeenCalled()
})

const url = 'file:///out/caf%C3%A9%20%231.mp4'
test.each([
  ['darwin', { 'public.file-url': url }],
  ['linux', { 'text/uri-list': `${url}\r\n`, 'x-special/gnome-copied-files': `copy\n${url}` }],
] as const)('a file is copied as %s takes it', async (platform, formats) => {
  await copyFile('/out/café #1.mp4', platform)
  const [[item]] = clipboard.write.mock.calls[0]! as [[{ items: Record<string, Blob> }]]
  const written = Object.entries(item.items).map(async ([name, blob]) => [name, await blob.text()])
  const raw = Object.entries(formats).map(([name, text]) => [`electron application/osclipboard;format="${name}"`, text])
  expect(await Promise.all(written)).toEqual(raw)
})

test('on Windows, the system’s own list of files is written, and no path is part of a script', async () => {
  const run = vi.fn((_file: string, _args: readonly string[], _options: { env: NodeJS.ProcessEnv }) =>
    Promise.resolve(),
  )
  const path = `C:\\out\\it's "$(1)".mp4`
  await copyFile(path, 'win32', run)
  const [file, args, options] = run.mock.calls[0]!
  expect(file).toBe('powershell.exe')
  expect(args.at(-1)).toContain('Set-Clipboard -LiteralPath $env:CLUTCHCUT_COPY')
  expect(args.join(' ')).not.toContain('out')
  expect(options.env['CLUTCHCUT_COPY']).toBe(path)
  expect(clipboard.write).not.toHaveBeenCalled()
  run.mockRejectedValueOnce(new Error('no clipboard'))
  await expect(copyFile(path, 'win32', run)).rejects.toThrow('no clipboard')
})
