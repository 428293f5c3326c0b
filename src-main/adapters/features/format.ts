import { z } from 'zod'

/*
 * A features file, version 1. Little-endian.
 *
 *   start    8 bytes  "CLFEAT\0" and the format's version as a byte
 *   blocks            log-mel patches: up to 120 slots of one track each, 1,000 bytes a slot, as they were analysed
 *   curves            one section a curve: values (f32), z-scores (f32), validity (u8), each `slots` long
 *   header            JSON (below): where everything lies, with a CRC-32 of every block and curve
 *   footer  16 bytes  header's length (u32) and CRC-32 (u32), "CLFEAT\0" and the version again
 *
 * The header is at the end because the file is written as a stream, and the footer proves that it was finished.
 */
export const FORMAT_VERSION = 1
export const magic = Buffer.from([...Buffer.from('CLFEAT\0', 'latin1'), FORMAT_VERSION])
export const FOOTER_BYTES = 16
export const BLOCK_SLOTS = 120
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
  curves: z.array(
    z.object({ ...sectionSchema.shape, id: z.string(), track: z.int().nonnegative().nullable(), unit: z.string() }),
  ),
})

export type FeaturesHeader = z.infer<typeof headerSchema>
