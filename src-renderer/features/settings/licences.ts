/** Of what comes along, as its own texts in the repository have it. Names are not translated. */
export const licences: readonly { readonly name: string; readonly licence: string; readonly from: string }[] = [
  { name: 'Clutchcut', licence: 'MIT', from: 'LICENSE' },
  { name: 'FFmpeg', licence: 'GPL-3.0-or-later (x264, x265)', from: 'native/manifest.json' },
  { name: 'Inter', licence: 'OFL-1.1', from: '@fontsource-variable/inter' },
  { name: 'Rubik', licence: 'OFL-1.1', from: 'resources/fonts/Rubik.OFL.txt' },
  {
    name: 'Noto Sans, Noto Sans Arabic, Noto Sans Devanagari, Noto Sans Hebrew, Noto Sans Thai',
    licence: 'OFL-1.1',
    from: 'resources/fonts/NotoSans.OFL.txt',
  },
  { name: 'Droid Sans Fallback', licence: 'Apache-2.0', from: 'resources/fonts/DroidSansFallback.APACHE.txt' },
  { name: 'Noto Emoji', licence: 'OFL-1.1', from: 'resources/fonts/NotoEmoji.OFL.txt' },
  { name: 'ONNX Runtime', licence: 'MIT', from: 'onnxruntime-node' },
  { name: 'SQLite, better-sqlite3', licence: 'Public domain, MIT', from: 'better-sqlite3' },
  { name: 'React', licence: 'MIT', from: 'react' },
  { name: 'Lucide', licence: 'ISC', from: 'lucide-react' },
  { name: 'OpenArena', licence: 'GPL-2.0', from: 'resources/demo/LICENSE.md' },
]
