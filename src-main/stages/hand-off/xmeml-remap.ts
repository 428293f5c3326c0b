import type { TimelineClip } from './timeline.ts'
import { tag, xml, type Xml } from './xml.ts'

/** A frame of the source as an item counts it whose speed is changed: frames that passed until then. */
export function onRemap({ speed }: TimelineClip, frame: number): number {
  return speed === 1 ? frame : Math.round(frame / speed)
}

/** The speed as the effect "Time Remap", constant, in percent. */
export function remapFilter({ speed }: TimelineClip, kind: 'video' | 'audio'): Xml | null {
  if (speed === 1) return null
  const parameter = (id: string, value: number | string, range: readonly [number, number] | null = null): Xml =>
    xml('parameter', { authoringApp: 'PremierePro' }, [
      tag('parameterid', id),
      tag('name', id),
      ...(range === null ? [] : [tag('valuemin', range[0]), tag('valuemax', range[1])]),
      tag('value', value),
    ])
  return tag('filter', [
    tag('effect', [
      tag('name', 'Time Remap'),
      tag('effectid', 'timeremap'),
      tag('effectcategory', 'motion'),
      tag('effecttype', 'motion'),
      tag('mediatype', kind),
      parameter('variablespeed', 0, [0, 1]),
      parameter('speed', Math.round(speed * 100), [-100_000, 100_000]),
      parameter('reverse', 'FALSE'),
      parameter('frameblending', 'FALSE'),
    ]),
  ])
}
