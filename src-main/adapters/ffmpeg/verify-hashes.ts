import type { FfmpegRunner } from './runner.ts'

/** MD5 of every packet of a file's picture, in decoding order, as FFmpeg reads them. */
export async function hashPackets(
  runner: Pick<FfmpegRunner, 'spawn'>,
  input: readonly string[],
  options: { signal?: AbortSignal | undefined },
): Promise<string[]> {
  const argv = [
    '-ignore_editlist',
    '1',
    ...input,
    '-map',
    '0:V:0',
    '-c',
    'copy',
    '-copyinkf',
    '-f',
    'framemd5',
    'pipe:3',
  ]
  const running = runner.spawn(argv, { ...options, pipes: 1 })
  const text: string[] = []
  for await (const chunk of running.pipes[0]!) text.push(String(chunk))
  await running.done
  return text
    .join('')
    .split('\n')
    .flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split(',')[5]?.trim() ?? '']))
}
