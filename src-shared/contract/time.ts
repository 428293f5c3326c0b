import { z } from 'zod'

/**
 * A time or a length on a recording's own timeline, in ticks of 1/705,600,000 s ("flicks"): an integer multiple
 * for every usual frame rate (24, 25, 30, 48, 50, 60, 90, 100, 120, and those over 1.001) and sample rate (8 to
 * 192 kHz), so frame and sample positions are exact. Ten hours are 2.54e13 ticks, far below 2^53.
 * Source of the unit: github.com/OculusVR/Flicks.
 */
export const ticksSchema = z.int()

/** A fraction such as a timebase (1/90000) or a frame rate (60000/1001). */
export const rationalSchema = z.object({ num: z.int(), den: z.int().positive() })

export type Ticks = z.infer<typeof ticksSchema>
export type Rational = z.infer<typeof rationalSchema>
