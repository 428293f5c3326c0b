import { z } from 'zod'
import { PICTURE_DISTANCE } from '../../../src-shared/domain/signal.ts'

/*
 * A features file, version 2. Little-endian.
 *
 *   start    8 bytes  "CLFEAT\0" and the format's version as a byte
 *   blocks            log-mel patches: up to 120 slots of one track each, 1,000 bytes a slot, as they were analysed
 *   pictures          I420 of 160×90, each deflated (raw, RFC 1951), in the order in which they were kept
 *   curves            one section a curve: values (f32), z-scores (f32), validity (u8), each `slots` long
 *   waves             two bytes a bucket (domain/waveform.ts): up to 32,768 buckets of one level of one track each
 *   header            JSON (below): where everything lies, with a CRC-32 of every block, picture, curve and wave
 *   footer  16 bytes  header's length (u32) and CRC-32 (u32), "CLFEAT\0" and the version again
 *
 * The header is at the end because the file is written as a stream, and the footer proves that it was finished.
 */
export const FORMAT_VERSION = 2
export const magic = Buffer.from([...Buffer.from('CLFEAT\0', 'latin1'), FORMAT_VERSION])
export const FOOTER_BYTES = 16
export const BLOCK_SLOTS = 120
/** Buckets of a block of a waveform. */
export const WAVE_BLOCK = 32_768
/** One curve takes this many bytes a slot: value, z-score and validity. */
export const CURVE_BYTES = 9

const sectionSchema = z.object({ offset: z.int().nonnegative(), crc: z.int().nonnegative() })

export const headerSchema = z.object({
  slots: z.int().nonnegative(),
  duration: z.int().nonnegative(),
  cuts: z.array(z.int()),
  mel: z.array(
    z.object({
      track: z.int().nonnegative(),
      /** Block n holds slots 120 n onwards; null is silence. Slots beyond the last block are silence too. */
      blocks: z.array(z.object({ ...sectionSchema.shape, slots: z.int().min(1).max(BLOCK_SLOTS) }).nullable()),
    }),
  ),
  /** In time order; `bytes` as they lie in the file. */
  pictures: z
    .array(z.object({ at: z.int(), ...sectionSchema.shape, bytes: z.int().positive() }))
    .refine((all) => all.every(({ at }, i) => i === 0 || at - all[i - 1]!.at >= PICTURE_DISTANCE)),
  /** Levels finest first; null is silence. */
  waves: z
    .array(
      z.object({
        track: z.int().nonnegative(),
        levels: z.array(
          z
            .object({ buckets: z.int().nonnegative(), blocks: z.array(z.object(sectionSchema.shape).nullable()) })
            .refine(({ buckets, blocks }) => blocks.length === Math.ceil(buckets / WAVE_BLOCK)),
        ),
      }),
    )
    .default([]),
  curves: z.array(
    z.object({ ...sectionSchema.shape, id: z.string(), track: z.int().nonnegative().nullable(), unit: z.string() }),
  ),
})

export type FeaturesHeader = z.infer<typeof headerSchema>
