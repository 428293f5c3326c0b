import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSource, isDevicePath } from '../../../../../src-main/adapters/ffmpeg/check-source.ts'
import { checkDashManifest, readManifest } from '../../../../../src-main/adapters/ffmpeg/containers/dash-manifest.ts'
import { sniff } from '../../../../../src-main/adapters/ffmpeg/containers/sniff.ts'
import { fileUrl, inputArgs, type SourceFile } from '../../../../../src-main/adapters/ffmpeg/source-file.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder()
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

describe('sniffing', () => {
  test.each([
    ['mp4', bytes([0, 0, 0, 32], 'ftypisom')],
    ['mp4', bytes([0, 0, 0, 1], 'mdat', [0, 0, 0, 0])],
    ['mov', bytes([0, 0, 0, 20], 'ftypqt  ')],
    ['matroska', bytes([0x1a, 0x45, 0xdf, 0xa3, 0xa3, 0x42, 0x82, 0x88], 'matroska')],
    ['webm', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
    ['avi', bytes('RIFF', [0, 1, 0, 0], 'AVI LIST')],
    ['wav', bytes('RIFF', [0, 1, 0, 0], 'WAVEfmt ')],
    ['flv', bytes('FLV', [1, 5, 0, 0, 0, 9])],
    ['flac', bytes('fLaC', [0, 0, 0, 34])],
    ['ogg', bytes('OggS', [0, 2])],
    ['mp3', bytes('ID3', [4, 0])],
    ['dash', bytes([0xef, 0xbb, 0xbf], '<?xml version="1.0"?>\n<!-- Steam -->\n<MPD xmlns="urn:mpeg:dash">')],
  ])('%s', (format, head) => expect(sniff(head)).toEqual({ kind: 'media', format }))

  test('a transport stream, also one that begins inside a packet, with 188 or 192 bytes', () => {
    for (const [size, first] of [
      [188, 0],
      [188, 100],
      [192, 4],
      [204, 3],
    ] as const) {
      const head = Buffer.alloc(8192, 0x11)
      for (let at = first; at < head.length; at += size) head[at] = 0x47
      expect(sniff(head)).toEqual({ kind: 'media', format: 'mpegts' })
    }
  })

  test.each([
    ['playlist', '#EXTM3U\n#EXT-X-VERSION:3\n'],
    ['playlist', '\uFEFF\n#extm3u\nhttp://example.com/a.ts'],
    ['playlist', '[playlist]\nFile1=/etc/passwd'],
    ['script', 'ffconcat version 1.0\nfile /etc/passwd'],
    ['script', "file '/etc/passwd'\nfile b.mp4"],
    ['text', 'WEBVTT\n\n00:01.000 --> 00:02.000\nhi'],
    ['text', '1\r\n00:00:01,000 --> 00:00:02,000\r\nhi'],
    ['text', 'Just some notes about a game.'],
    ['text', 'RIFT notes, GG'],
    ['text', '<html><MPD></MPD></html>'],
    ['image', '<svg xmlns="http://www.w3.org/2000/svg">'],
  ])('refuses a %s: %j', (why, text) => expect(sniff(Buffer.from(text))).toMatchObject({ kind: 'refused', why }))

  test.each([
    ['image', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
    ['image', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
    ['image', bytes('GIF89a')],
    ['image', bytes('RIFF', [0, 1, 0, 0], 'WEBPVP8 ')],
    ['image', bytes([0, 0, 0, 32], 'ftypavif')],
    ['unsupported', bytes([0x30, 0x26, 0xb2, 0x75])],
    ['zeros', new Uint8Array(8192)],
    ['text', bytes([0xff, 0xfe], '#\0E\0X\0T\0')],
  ])('refuses a %s in binary', (why, head) => expect(sniff(head)).toMatchObject({ kind: 'refused', why }))

  test('never throws, and takes no noise for a playlist', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (head) => {
        expect(sniff(head)).not.toMatchObject({ why: 'playlist' })
      }),
    )
  })
})

describe('what FFmpeg is given', () => {
  const source = (file: string, format: SourceFile['format'] = 'mp4'): SourceFile => ({
    path: file,
    size: 1,
    mtimeMs: 0,
    format,
    segments: [],
  })

  test.each([
    '/a/-i.mp4',
    '/a/100%d.mp4',
    `/a/it's "q".mp4`,
    '/a/two\nlines.mp4',
    '/a/🎮.mp4',
    'C:\\Users\\me\\a.mp4',
    '\\\\nas\\share\\a.mp4',
  ])('%j goes in as it is, behind file:', (file) => {
    expect(inputArgs(source(file)).slice(-2)).toEqual(['-i', `file:${file}`])
    expect(fileUrl(file)).toBe(`file:${file}`)
  })

  test('a path too long for Windows goes in as Windows takes it', () => {
    const long = `C:\\clips\\${'x'.repeat(260)}.mp4`
    expect(fileUrl(long, 'win32')).toBe(`file:\\\\?\\${long}`)
    expect(fileUrl('C:\\a.mp4', 'win32')).toBe('file:C:\\a.mp4')
    expect(fileUrl(`/${'x'.repeat(300)}`, 'linux')).toBe(`file:/${'x'.repeat(300)}`)
  })

  test('one demuxer and local files only', () => {
    expect(inputArgs(source('/a.mkv', 'matroska'))).toEqual([
      '-protocol_whitelist',
      'file',
      '-format_whitelist',
      'matroska',
      '-f',
      'matroska',
      '-i',
      'file:/a.mkv',
    ])
    expect(inputArgs(source('/s.mpd', 'dash'))).toContain('dash,mov,mp4,matroska,webm')
  })
})

test('device names, which only Windows has', () => {
  for (const name of [
    'NUL',
    'con',
    'C:\\a\\COM1',
    'C:/a/lpt9.mp4',
    '\\\\.\\pipe\\x',
    '\\\\?\\GLOBALROOT\\Device\\x',
    'aux .mp4',
    'C:\\x\\nul:s',
  ]) {
    expect(isDevicePath(name, 'win32'), name).toBe(true)
    expect(isDevicePath(name, 'linux'), name).toBe(false)
  }
  for (const name of [
    'C:\\a\\console.mp4',
    '\\\\?\\C:\\long\\a.mp4',
    '\\\\?\\UNC\\nas\\share\\a.mp4',
    '\\\\nas\\share\\a.mp4',
    'com10.mp4',
  ]) {
    expect(isDevicePath(name, 'win32'), name).toBe(false)
  }
})

describe('checkSource', () => {
  const file = (name: string, content: string | Uint8Array): string => {
    const full = path.join(folder, name)
    writeFileSync(full, content)
    return full
  }

  test.each([
    ['input/empty', () => file('empty.mp4', '')],
    ['input/not-media', () => file('text.mp4', 'hello')],
    ['input/not-media', () => file('noise.mp4', Buffer.from([1, 2, 3, 200, 201, 202, 9, 8, 7]))],
    ['input/refused', () => file('list.mp4', '#EXTM3U\n')],
    ['input/refused', () => file('concat.mp4', 'ffconcat version 1.0\n')],
    ['input/not-found', () => path.join(folder, 'nothing.mp4')],
    ['input/not-found', () => path.join(folder, 'text.mp4', 'below.mp4')],
    ['input/not-found', () => path.join(folder, 'x'.repeat(300))],
    ['input/not-found', () => ''],
    ['input/not-found', () => 'a\0b.mp4'],
  ])('%s', async (code, make) => {
    await expect(checkSource(make())).rejects.toMatchObject({ code })
  })

  test('folders, devices and links to them', async () => {
    const named = path.join(folder, 'folder.mp4')
    mkdirSync(named)
    await expect(checkSource(named)).rejects.toMatchObject({
      code: 'input/not-a-file',
      message: expect.stringContaining('a folder') as string,
    })
    await expect(checkSource('NUL', { platform: 'win32' })).rejects.toMatchObject({ code: 'input/not-a-file' })
    if (process.platform === 'win32') return
    await expect(checkSource('/dev/zero')).rejects.toMatchObject({ code: 'input/not-a-file' })
    const link = path.join(folder, 'link.mp4')
    symlinkSync('/dev/zero', link)
    await expect(checkSource(link)).rejects.toMatchObject({
      code: 'input/not-a-file',
      message: expect.stringContaining('a device') as string,
    })
  })

  test('the extension is not believed, either way', async () => {
    const head = Buffer.concat([bytes([0, 0, 0, 32], 'ftypisom'), Buffer.alloc(100)])
    expect(await checkSource(file('video.txt', head))).toMatchObject({ format: 'mp4', size: 112 })
  })
})

describe('DASH manifests', () => {
  const manifest = (inner: string, attributes = 'type="static"'): string =>
    `<?xml version="1.0" encoding="utf-8"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}><Period><AdaptationSet>${inner}</AdaptationSet></Period></MPD>`
  const template = (media: string, id = '0'): string =>
    `<Representation id="${id}"><SegmentTemplate initialization="init-stream$RepresentationID$.m4s" media="${media}"/></Representation>`

  test('Steam’s own form', () => {
    expect(readManifest(manifest(template('chunk-stream$RepresentationID$-$Number%05d$.m4s')))).toEqual(
      ['init-stream$RepresentationID$.m4s', 'chunk-stream$RepresentationID$-$Number%05d$.m4s'].sort().reverse(),
    )
  })

  test('a base folder and a single file', () => {
    expect(
      readManifest(
        manifest(
          '<BaseURL>sub/</BaseURL><Representation id="v"><BaseURL>video.mp4</BaseURL><SegmentBase/></Representation>',
        ),
      ),
    ).toEqual(['sub/video.mp4'])
  })

  test.each([
    ['an absolute path', template('/etc/passwd')],
    ['a scheme', template('http://example.com/$Number$.m4s')],
    ['a protocol of FFmpeg', template('concat:a|b')],
    ['a drive', template('C:/a.m4s')],
    ['a backslash', template('..\\a.m4s')],
    ['the parent folder', template('../a.m4s')],
    ['the parent folder, deeper', template('sub/../../a.m4s')],
    ['the parent folder, left by an empty template', template('.$RepresentationID$./a.m4s')],
    ['the root, left by an empty template', template('$RepresentationID$/etc/a.m4s')],
    ['the parent folder as an id', template('$RepresentationID$/a.m4s', '..')],
    ['a character reference', template('&#46;&#46;/a.m4s')],
    ['a percent escape', template('%2e%2e/a.m4s')],
    ['a base address elsewhere', `<BaseURL>https://example.com/</BaseURL>${template('a.m4s')}`],
    ['a base address in odd case', `<baseurl>/etc/</baseurl>${template('a.m4s')}`],
    ['a base address with a prefix', `<x:BaseURL xmlns:x="u">/etc/</x:BaseURL>${template('a.m4s')}`],
    ['a base address in CDATA', `<BaseURL><![CDATA[/etc/]]></BaseURL>${template('a.m4s')}`],
    ['several base addresses', `<BaseURL>a/</BaseURL><BaseURL>b/</BaseURL>${template('a.m4s')}`],
    [
      'segment addresses',
      '<Representation id="0"><SegmentList><SegmentURL media="/etc/passwd"/></SegmentList></Representation>',
    ],
    [
      'an initialization',
      '<Representation id="0"><SegmentBase><Initialization sourceURL="../x"/></SegmentBase></Representation>',
    ],
    ['xlink', `<Period xlink:href="http://example.com/p.xml"/>${template('a.m4s')}`],
    ['another manifest', `<Location>other.mpd</Location>${template('a.m4s')}`],
  ])('refuses %s', (_, inner) => {
    expect(() => readManifest(manifest(inner))).toThrow(expect.objectContaining({ code: 'input/refused' }) as Error)
  })

  test('refuses entities, other encodings, running recordings and what is no manifest', () => {
    const billion = '<!DOCTYPE MPD [<!ENTITY a "b">]><MPD>&a;</MPD>'
    expect(() => readManifest(billion)).toThrow(expect.objectContaining({ code: 'input/refused' }) as Error)
    expect(() => readManifest('<?xml version="1.0" encoding="utf-7"?><MPD/>')).toThrow(
      expect.objectContaining({ code: 'input/refused' }) as Error,
    )
    expect(() => readManifest(manifest(template('a.m4s'), 'type="dynamic"'))).toThrow(
      expect.objectContaining({ code: 'input/unsupported' }) as Error,
    )
    for (const text of ['<MPD>', '<MPD></MPD>', '<other/>', '']) {
      expect(() => readManifest(text)).toThrow(expect.objectContaining({ code: 'input/not-media' }) as Error)
    }
  })

  test('lists its segments with their sizes; a link out of the folder is refused, one within is not', async () => {
    const root = path.join(folder, 'dash')
    mkdirSync(root)
    const file = path.join(root, 'session.mpd')
    writeFileSync(file, manifest(template('chunk-stream$RepresentationID$-$Number%05d$.m4s')))
    await expect(checkDashManifest(file)).rejects.toMatchObject({ code: 'input/truncated' })
    writeFileSync(path.join(root, 'init-stream0.m4s'), 'i')
    writeFileSync(path.join(root, 'chunk-stream0-00001.m4s'), 'abc')
    writeFileSync(path.join(root, 'notes.txt'), 'not ours')
    const segments = await checkDashManifest(file)
    expect(segments.map((segment) => [path.basename(segment.path), segment.size])).toEqual([
      ['chunk-stream0-00001.m4s', 3],
      ['init-stream0.m4s', 1],
    ])
    if (process.platform === 'win32') return
    symlinkSync('chunk-stream0-00001.m4s', path.join(root, 'chunk-stream0-00002.m4s'))
    expect(await checkDashManifest(file)).toHaveLength(3)
    symlinkSync('/etc/hostname', path.join(root, 'chunk-stream0-00003.m4s'))
    await expect(checkDashManifest(file)).rejects.toMatchObject({ code: 'input/refused' })
  })

  test('no path that gets through leaves the folder, whatever is in it', () => {
    const part = fc.constantFrom(
      '.',
      '..',
      '/',
      '\\',
      'a',
      '$RepresentationID$',
      '$Number$',
      '$Number%05d$',
      '$$',
      '%2e',
      ':',
      'http:',
      ' ',
      '~',
      '&amp;',
      '\u2024',
    )
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.constantFrom('0', 'a.b', '-'), (parts, id) => {
        let references: string[]
        try {
          references = readManifest(manifest(template(parts.join(''), id)))
        } catch {
          return
        }
        for (const reference of references) {
          for (const fill of ['', id]) {
            const opened = reference
              .replace(/\$RepresentationID\$/g, fill)
              .replace(/\$Number(%05d)?\$/g, '1')
              .replaceAll('$$', '$')
            const resolved = path.posix.resolve('/root/folder', opened)
            expect(`${resolved}/`.startsWith('/root/folder/'), opened).toBe(true)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})
