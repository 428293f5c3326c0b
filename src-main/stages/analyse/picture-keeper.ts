import { PICTURE_BYTES, PICTURE_DISTANCE } from '../../../src-shared/domain/signal.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import type { FeaturesWriter } from './deps.ts'
import { toI420 } from './i420.ts'

/** Chooses which pictures are kept for models, at most one a second and `most` in all, and hands them to the writer. */
export class PictureKeeper {
  private readonly times: Ticks[] = []
  private readonly i420 = new Uint8Array(PICTURE_BYTES)
  private readonly writer: Pick<FeaturesWriter, 'writePicture'>
  private readonly most: number

  constructor(writer: Pick<FeaturesWriter, 'writePicture'>, most: number) {
    this.writer = writer
    this.most = most
  }

  /** 160×90 RGB24, in any order of time; a promise asks to wait. */
  offer(time: Ticks, rgb: Uint8Array): void | Promise<void> {
    const { times } = this
    if (times.length >= this.most) return
    // Nearly always the last place.
    let place = times.length
    while (place > 0 && times[place - 1]! > time) place -= 1
    if (place > 0 && time - times[place - 1]! < PICTURE_DISTANCE) return
    if (place < times.length && times[place]! - time < PICTURE_DISTANCE) return
    times.splice(place, 0, time)
    toI420(rgb, this.i420)
    return this.writer.writePicture(time, this.i420)
  }
}
