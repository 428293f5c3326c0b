import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { regionSchema, type Region } from '../../src-shared/contract/layout.ts'

const pattern = /^([\d.]+),([\d.]+),([\d.]+),([\d.]+)(?:@(\d+)x(\d+))?$/

/** `x,y,width,height` as shares of the picture, or in pixels of the size that follows: `1440,756,480,324@1920x1080`. Throws `usage`. */
export function readRegion(text: string): Region {
  const match = pattern.exec(text.replaceAll(' ', ''))
  const [x, y, width, height, across = 1, down = 1] = (match?.slice(1) ?? []).flatMap((part) =>
    part === undefined ? [] : [Number(part)],
  ) as [number, number, number, number, number?, number?]
  const region = regionSchema.safeParse({ x: x / across, y: y / down, width: width / across, height: height / down })
  if (match !== null && region.success) return region.data
  throw new ClutchcutError(
    'usage',
    `“${text}” is no part of a picture. Write x,y,width,height as shares (0.75,0.7,0.25,0.3) or in pixels ` +
      '(1440,756,480,324@1920x1080), inside the picture.',
  )
}
