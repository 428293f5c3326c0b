/** A curve as measured, before it is compared with its surroundings. */
export interface MeasuredCurve {
  readonly values: Float32Array
  /** 1 where something was measured. */
  readonly valid: Uint8Array
}
