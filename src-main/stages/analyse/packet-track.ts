import { slotOf, SLOT_RATE, startOfSlot, TICKS_PER_SLOT } from '../../../src-shared/domain/signal.ts'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { Growable } from './growable.ts'
import type { MeasuredCurve } from './measured-curve.ts'

export interface KeyframeGap {
  readonly from: Ticks
  readonly to: Ticks
}

/** Over this long a constant bitrate is constant: it holds at least one keyframe of any ordinary recording. */
const rateWindow = 10 * SLOT_RATE
/** x264 and NVENC in CBR stay within 2 % over 10 s; quality-driven encodes of a game vary by 20 % and more. */
const constantSpread = 0.08

/**
 * Sizes of the video packets: what the encoder spends on movement comes free with demuxing. Memory: a few floats a slot
 * and one pair of times for each gap between keyframes that is longer than normal.
 */
export class PacketTrack {
  private readonly keyBytes = new Growable()
  private readonly keyCount = new Growable()
  private readonly otherBytes = new Growable()
  private readonly otherCount = new Growable()
  private readonly largest = new Growable()
  private readonly largestAt = new Growable()
  private readonly maxSlots: number
  private readonly reportGap: Ticks
  private lastKey: Ticks | null = null
  private keys = 0
  private longest: Ticks = 0
  private readonly longGaps: KeyframeGap[] = []
  /** End of the last packet. */
  end: Ticks = 0
  count = 0

  /** Gaps longer than `reportGap` are listed by `gaps`. */
  constructor(maxSlots: number, reportGap: Ticks) {
    this.maxSlots = maxSlots
    this.reportGap = reportGap
  }

  push(time: Ticks, duration: Ticks, bytes: number, isKey: boolean): void {
    const slot = Math.max(0, slotOf(time))
    if (slot >= this.maxSlots) return
    this.count += 1
    this.end = Math.max(this.end, time + duration)
    if (isKey) {
      this.keyBytes.add(slot, bytes)
      this.keyCount.add(slot, 1)
      this.keys += 1
      if (this.lastKey === null || time > this.lastKey) {
        if (this.lastKey !== null) this.note({ from: this.lastKey, to: time })
        this.lastKey = time
      }
      return
    }
    this.otherBytes.add(slot, bytes)
    this.otherCount.add(slot, 1)
    if (bytes > this.largest.get(slot)) {
      this.largest.set(slot, bytes)
      this.largestAt.set(slot, (time - startOfSlot(slot)) / TICKS_PER_SLOT)
    }
  }

  /** Keyframes, and the longest stretch without one (the end of the recording ends a stretch too). */
  keyframes(end: Ticks): { count: number; longestGap: Ticks } {
    const tail = this.lastKey === null ? 0 : end - this.lastKey
    return { count: this.keys, longestGap: Math.max(this.longest, tail) }
  }

  gaps(end: Ticks): readonly KeyframeGap[] {
    const tail = this.lastKey !== null && end - this.lastKey > this.reportGap ? [{ from: this.lastKey, to: end }] : []
    return [...this.longGaps, ...tail]
  }

  /** Where the bitrate is held constant its curve says nothing. */
  isConstantRate(slots: number): boolean {
    const windows: number[] = []
    for (let from = 0; from + rateWindow <= slots; from += rateWindow) {
      let bytes = 0
      for (let slot = from; slot < from + rateWindow; slot++)
        bytes += this.keyBytes.get(slot) + this.otherBytes.get(slot)
      windows.push(bytes)
    }
    if (windows.length < 5) return false
    windows.sort((a, b) => a - b)
    const at = (share: number): number => windows[Math.round(share * (windows.length - 1))]!
    return at(0.9) - at(0.1) <= constantSpread * at(0.5)
  }

  /**
   * Bytes per second of the packets between keyframes, as if there were no keyframes: a keyframe is many times larger
   * than its neighbours, and where it falls is the encoder's clock, not the game. Recordings made of keyframes only
   * (MJPEG) count all of them.
   */
  curve(slots: number, end: Ticks): MeasuredCurve {
    const values = new Float32Array(slots)
    const valid = new Uint8Array(slots)
    if (this.isConstantRate(slots)) return { values, valid }
    const useKeys = this.keys > this.count / 2
    for (let slot = 0; slot < slots; slot++) {
      const counted = useKeys ? this.keyCount.get(slot) : this.otherCount.get(slot)
      if (counted === 0) continue
      const bytes = useKeys ? this.keyBytes.get(slot) : this.otherBytes.get(slot)
      const packets = this.keyCount.get(slot) + this.otherCount.get(slot)
      const seconds = Math.min(1 / SLOT_RATE, secondsFromTicks(end - startOfSlot(slot)))
      // The last slot may hold a frame or two: too few to be a rate.
      if (seconds < 0.25 / SLOT_RATE) continue
      values[slot] = ((bytes / counted) * packets) / seconds
      valid[slot] = 1
    }
    return { values, valid }
  }

  /**
   * Where between two keyframes the scene changed: the encoder had to draw a picture anew, which takes a packet of the
   * order of a keyframe, much larger than those around it. Null when no packet stands out.
   */
  locateCut(from: Ticks, to: Ticks): Ticks | null {
    let [largest, at, keyBytes, keyCount] = [0, -1, 0, 0]
    for (let slot = Math.max(0, slotOf(from)); slot <= slotOf(to); slot++) {
      keyBytes += this.keyBytes.get(slot)
      keyCount += this.keyCount.get(slot)
      const time = this.timeOfLargest(slot)
      if (this.largest.get(slot) <= largest || time <= from || time > to) continue
      largest = this.largest.get(slot)
      at = slot
    }
    if (at < 0 || keyCount === 0) return null
    const bytes = this.otherBytes.get(at - 1) + this.otherBytes.get(at) - largest
    const count = this.otherCount.get(at - 1) + this.otherCount.get(at) - 1
    const standsOut = largest * count >= 2.5 * bytes && largest >= (0.4 * keyBytes) / keyCount
    return standsOut ? this.timeOfLargest(at) : null
  }

  private timeOfLargest(slot: number): Ticks {
    return startOfSlot(slot) + Math.round(this.largestAt.get(slot) * TICKS_PER_SLOT)
  }

  private note(gap: KeyframeGap): void {
    const length = gap.to - gap.from
    this.longest = Math.max(this.longest, length)
    if (length > this.reportGap) this.longGaps.push(gap)
  }
}

/** The longest recording that is looked at in full; what lies beyond is left out, so that a wild timestamp costs nothing. */
export const LONGEST_RECORDING: Ticks = 48 * 3600 * TICKS_PER_SECOND
