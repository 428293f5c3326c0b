import { eq } from 'drizzle-orm'
import type { Marker } from '../../../src-shared/contract/markers.ts'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import { write, type Connection } from './connect.ts'
import { recordingIdOf } from './recording-id.ts'
import { analyses } from './schema.ts'

/** What the last analysis of a recording came to, two values a second. */
export interface KeptAnalysis {
  /** 0 to 1, with what chat and markers add. */
  readonly scores: Float32Array
  /** Messages a minute, NaN where nobody could write; null without a chat. */
  readonly chatRate: Float32Array | null
  /** In the order of time, in seconds. */
  readonly markers: readonly Marker[]
  /** Milliseconds since 1970. */
  readonly madeAt: number
}

export type Analyses = ReturnType<typeof createAnalyses>

export function createAnalyses(connection: Connection) {
  const { orm } = connection
  return {
    save(recording: Fingerprint, { scores, chatRate, markers, madeAt }: KeptAnalysis): void {
      write(connection, () => {
        const values = {
          recordingId: recordingIdOf(connection, recording),
          scores: packed(scores),
          chatRate: chatRate === null ? null : packed(chatRate),
          markers: [...markers],
          madeAt,
        }
        orm.insert(analyses).values(values).onConflictDoUpdate({ target: analyses.recordingId, set: values }).run()
      })
    },

    get(recordingId: number): KeptAnalysis | undefined {
      const row = orm.select().from(analyses).where(eq(analyses.recordingId, recordingId)).get()
      if (row === undefined) return undefined
      const { scores, chatRate, markers, madeAt } = row
      return { scores: unpacked(scores), chatRate: chatRate === null ? null : unpacked(chatRate), markers, madeAt }
    },
  }
}

function packed(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 4 * i)
  return bytes
}

function unpacked(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(4 * i))
}
