import type { Timeline, TimelineClip } from './timeline.ts'
import { onRemap } from './xmeml-remap.ts'
import { tag, xml, type Xml } from './xml.ts'

/**
 * The reframing as the effect "Basic Motion". The scale is percent of the source's own size; the centre is how far
 * the picture's middle lies from the frame's, as a share of the frame, down and right being positive. Keys count
 * frames of the source, as `in` and `out` do.
 */
export function motionFilter(clip: TimelineClip, { size: frame }: Timeline): Xml | null {
  const { source, reframe } = clip
  const picture = source.size
  if (reframe.length === 0 || picture === null) return null
  const fill = Math.max(frame.width / picture.width, frame.height / picture.height)
  const keys = reframe.map(({ at, x, y, scale }) => ({
    at,
    scale: [tag('value', number(scale * fill * 100))],
    center: [
      tag('value', [
        tag('horiz', number(((0.5 - x) * picture.width * fill * scale) / frame.width)),
        tag('vert', number(((0.5 - y) * picture.height * fill * scale) / frame.height)),
      ]),
    ],
  }))
  const parameter = (id: 'scale' | 'center', name: string, range: Xml[]): Xml =>
    xml('parameter', { authoringApp: 'PremierePro' }, [
      tag('parameterid', id),
      tag('name', name),
      ...range,
      ...(keys[0]?.[id] ?? []),
      ...(keys.length === 1
        ? []
        : keys.map((key) => tag('keyframe', [tag('when', onRemap(clip, key.at)), ...key[id]]))),
    ])
  return tag('filter', [
    tag('effect', [
      tag('name', 'Basic Motion'),
      tag('effectid', 'basic'),
      tag('effectcategory', 'motion'),
      tag('effecttype', 'motion'),
      tag('mediatype', 'video'),
      parameter('scale', 'Scale', [tag('valuemin', 0), tag('valuemax', 1000)]),
      parameter('center', 'Center', []),
    ]),
  ])
}

/** Six digits, no exponent, no negative zero. */
function number(value: number): string {
  return String(Number(value.toFixed(6)) + 0)
}
