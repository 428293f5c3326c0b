/** A float curve whose length is not known beforehand; reading beyond its ends gives 0. Bounded by what is written. */
export class Growable {
  values = new Float32Array(1024)
  length = 0

  get(index: number): number {
    return index >= 0 && index < this.length ? this.values[index]! : 0
  }

  set(index: number, value: number): void {
    this.reach(index + 1)
    this.values[index] = value
  }

  add(index: number, value: number): void {
    this.reach(index + 1)
    this.values[index]! += value
  }

  push(value: number): void {
    this.set(this.length, value)
  }

  /** The first `length` values, 0 where none was written. */
  take(length: number): Float32Array {
    const out = new Float32Array(length)
    out.set(this.values.subarray(0, Math.min(length, this.length)))
    return out
  }

  private reach(length: number): void {
    if (length <= this.length) return
    if (length > this.values.length) {
      const larger = new Float32Array(Math.max(length, this.values.length * 2))
      larger.set(this.values)
      this.values = larger
    }
    this.length = length
  }
}
