import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Wall seconds of each stage for a second of recording; see `src-main/jobs/eta.ts`. */
const ratesSchema = z.record(z.string(), z.number().positive())

/**
 * Measured speeds of the stages, kept in a small file of the data folder: they are worth nothing in a backup or on
 * another machine. What cannot be read or written only makes the first guess of a remaining time worse.
 */
export function createStageRates(file: string) {
  return {
    read(): Record<string, number> {
      try {
        return ratesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
      } catch {
        return {}
      }
    },
    write(rates: Readonly<Record<string, number | undefined>>): void {
      const temp = `${file}.${process.pid}`
      try {
        writeFileSync(temp, JSON.stringify(rates))
        renameSync(temp, file)
      } catch {
        // The next job writes it again.
      }
    },
  }
}
