import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import { openLogFile } from './log-file.ts'
import { redactLine } from './redact.ts'

export type { Logger } from 'pino'

export interface LoggerOptions {
  dataDir: string
  /** Shows lines in human form on stderr as well, from this level. */
  terminalLevel?: 'debug' | 'info' | 'warn'
  now?: () => Date
}

/**
 * JSON lines into `<data folder>/logs`, at most 20 MB of them. Whoever works for a job logs through
 * `logger.child({ job: id })`, so that its lines can be told from the others'.
 */
export async function createLogger(options: LoggerOptions): Promise<Logger> {
  const file = openLogFile({
    folder: join(options.dataDir, 'logs'),
    maxFileBytes: 4_000_000,
    maxFolderBytes: 20_000_000,
    now: options.now ?? ((): Date => new Date()),
  })
  const streams: { level: string; stream: { write: (line: string) => void } }[] = [{ level: 'debug', stream: file }]
  if (options.terminalLevel !== undefined) {
    const { default: pretty } = await import('pino-pretty')
    streams.push({
      level: options.terminalLevel,
      stream: pretty({
        destination: 2,
        sync: true,
        colorize: process.stderr.isTTY,
        ignore: 'hostname',
        translateTime: 'SYS:HH:MM:ss',
      }),
    })
  }
  return pino(
    {
      level: 'debug',
      base: { pid: process.pid },
      hooks: { streamWrite: redactLine },
      serializers: { err: pino.stdSerializers.err },
    },
    pino.multistream(streams),
  )
}
