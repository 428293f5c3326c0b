import type { ReadBack, ReadClip } from './read-back.ts'
import { all, at, attribute, one, readXml, text, type Node } from './read-xml.ts'

type Fraction = { num: bigint; den: bigint }

/** Throws where a time is not a whole number of frames: FCPXML is exact or wrong. */
export function readFcpxml(file: string): ReadBack {
  const root = readXml(file, 'fcpxml')
  const resources = one(root, 'resources')
  const byId = (name: string) => new Map(all(resources, name).map((node) => [attribute(node, 'id'), node]))
  const [formats, assets] = [byId('format'), byId('asset')]
  const project = at(root, 'library', 'event', 'project')
  const sequence = one(project, 'sequence')
  const frame = fraction(attribute(formats.get(attribute(sequence, 'format')) ?? {}, 'frameDuration'))
  const origin = frames(attribute(sequence, 'tcStart'), frame)
  let end = 0
  const clips = all(one(sequence, 'spine'), 'asset-clip').map((clip): ReadClip => {
    const asset = assets.get(attribute(clip, 'ref')) ?? {}
    const format = asset['@format'] === undefined ? undefined : formats.get(attribute(asset, 'format'))
    const sourceFrame = format === undefined ? frame : fraction(attribute(format, 'frameDuration'))
    const first = frames(attribute(asset, 'start'), sourceFrame)
    const [map] = all(clip, 'timeMap')
    const speed = map === undefined ? 1 : speedOf(map)
    // At another speed the clip counts from the same beginning, in its own pace.
    const local = (node: Node, name: string): number => {
      if (map === undefined) return frames(attribute(node, name), sourceFrame) - first
      const { num, den } = fraction(attribute(node, name))
      const passed = Number(num) / Number(den) - first * (Number(sourceFrame.num) / Number(sourceFrame.den))
      return Math.round((passed * speed * Number(sourceFrame.den)) / Number(sourceFrame.num))
    }
    const start = frames(attribute(clip, 'offset'), frame) - origin
    const length = frames(attribute(clip, 'duration'), frame)
    if (start !== end) throw new Error(`clip at ${start}, not ${end}`)
    end = start + length
    const from = local(clip, 'start')
    const shown = Number((BigInt(length) * frame.num * sourceFrame.den) / (frame.den * sourceFrame.num))
    const last = from + Math.round(shown * speed)
    if (last > frames(attribute(asset, 'duration'), sourceFrame)) throw new Error('beyond the end of the media')
    return {
      name: attribute(clip, 'name'),
      file: attribute(one(asset, 'media-rep'), 'src'),
      in: from,
      out: last,
      ...(map !== undefined && { speed }),
      start,
      end,
      markers: all(clip, 'marker').map((marker) => ({
        at: start + Math.round((local(marker, 'start') - from) / speed),
        name: attribute(marker, 'value'),
        note: attribute(marker, 'note'),
      })),
      captions: all(clip, 'caption').map((caption) => {
        const begin = local(caption, 'offset')
        return {
          from: begin,
          to: begin + Math.round(frames(attribute(caption, 'duration'), frame) * speed),
          text: text(caption, 'text', 'text-style'),
        }
      }),
      reframe: all(clip, 'adjust-transform').flatMap((transform) =>
        keys(transform, (node) => local(node, 'time'), from),
      ),
    }
  })
  if (frames(attribute(sequence, 'duration'), frame) !== end) throw new Error('sequence and clips differ in length')
  return {
    title: attribute(project, 'name'),
    rate: { nominal: Math.round(Number(frame.den) / Number(frame.num)), ntsc: frame.num % 1001n === 0n },
    dropFrame: attribute(sequence, 'tcFormat') === 'DF',
    clips,
  }
}

function keys(transform: Node, when: (node: Node) => number, from: number) {
  const values = (name: string): { at: number; values: number[] }[] => {
    const param = all(transform, 'param').find((one) => attribute(one, 'name') === name)
    const split = (value: string): number[] => value.split(' ').map(Number)
    if (param === undefined) return [{ at: from, values: split(attribute(transform, name)) }]
    return all(one(param, 'keyframeAnimation'), 'keyframe').map((key) => ({
      at: when(key),
      values: split(attribute(key, 'value')),
    }))
  }
  const scales = values('scale')
  return values('position').map(({ at: frame, values: [x = NaN, y = NaN] }, index) => {
    const scale = scales[index]
    if (scale?.at !== frame) throw new Error('position and scale change at different times')
    return { at: frame, position: [x, y] as [number, number], scale: scale.values[0] ?? NaN }
  })
}

/** Of two points through which the whole of the media passes. */
function speedOf(map: Node): number {
  const [from, to] = all(map, 'timept').map((point) =>
    ['time', 'value'].map((name) => {
      const { num, den } = fraction(attribute(point, name))
      return Number(num) / Number(den)
    }),
  )
  const [time = NaN, value = NaN] = from ?? []
  if (time !== value) throw new Error('the media begins elsewhere than the clip')
  return Math.round((((to?.[1] ?? NaN) - value) / ((to?.[0] ?? NaN) - time)) * 1e6) / 1e6
}

function fraction(time: string): Fraction {
  const match = /^(-?\d+)(?:\/(\d+))?s$/.exec(time)
  if (match === null) throw new Error(`no time: ${time}`)
  return { num: BigInt(match[1] ?? '0'), den: BigInt(match[2] ?? '1') }
}

function frames(time: string, frame: Fraction): number {
  const { num, den } = fraction(time)
  const [above, below] = [num * frame.den, den * frame.num]
  if (above % below !== 0n) throw new Error(`${time} is no whole number of frames`)
  return Number(above / below)
}
