import { formatTimecode } from '../../../src-shared/domain/timecode.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import { tag, type Xml } from './xml.ts'

/** XMEML names a rate by the whole number of frames in a timecode second, and whether it runs 0.1 % slower. */
export function rateElement({ num, den }: Rational): Xml {
  return tag('rate', [tag('timebase', Math.round(num / den)), tag('ntsc', den === 1001 ? 'TRUE' : 'FALSE')])
}

export function timecodeElement(frame: number, rate: Rational, dropFrame: boolean): Xml {
  return tag('timecode', [
    rateElement(rate),
    tag('string', formatTimecode(frame, rate, dropFrame)),
    tag('frame', frame),
    tag('displayformat', dropFrame ? 'DF' : 'NDF'),
  ])
}
