/** One curve of a made-up recording: `z` and `values` may be given as functions of the slot. */
export interface CurveSpec {
  id: string
  track?: number | null
  unit?: string
  z?: (slot: number) => number
  values?: (slot: number) => number
  valid?: (slot: number) => boolean
}

/** Signals of `length` slots; a curve without `values` has ten times its z. */
export function makeSignals(length: number, curves: readonly CurveSpec[]) {
  return {
    rate: 2 as const,
    length,
    curves: curves.map(({ id, track = null, unit = 'dB', z = () => 0, values, valid = () => true }) => ({
      id,
      track,
      unit,
      values: Float32Array.from({ length }, (_, i) => (values ?? ((slot) => 10 * z(slot)))(i)),
      z: Float32Array.from({ length }, (_, i) => z(i)),
      valid: Uint8Array.from({ length }, (_, i) => (valid(i) ? 1 : 0)),
    })),
  }
}

/** A bump of the given height at `centre` that falls to nothing over `width` slots. */
export function bump(centre: number, height: number, width = 6): (slot: number) => number {
  return (slot) => height * Math.max(0, 1 - Math.abs(slot - centre) / width)
}

export function sumOf(...parts: readonly ((slot: number) => number)[]): (slot: number) => number {
  return (slot) => parts.reduce((sum, part) => sum + part(slot), 0)
}

/** Of a recording without video. */
export const noPictures = { times: [], read: async (): Promise<Uint8Array> => new Uint8Array(0) }
