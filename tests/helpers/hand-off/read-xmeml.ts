import type { ReadBack, ReadClip } from './read-back.ts'
import { all, at, attribute, one, readXml, text, type Node } from './read-xml.ts'

/** Throws where links, files or the exploded tracks contradict each other. */
export function readXmeml(file: string): ReadBack {
  const sequence = one(readXml(file, 'xmeml'), 'sequence')
  const video = all(at(sequence, 'media', 'video'), 'track')
  const audio = all(at(sequence, 'media', 'audio'), 'track')
  const items = new Map<string, { kind: string; track: number; clip: number; item: Node }>()
  const files = new Map<string, Node>()
  for (const [kind, tracks] of [
    ['video', video],
    ['audio', audio],
  ] as const) {
    for (const [trackIndex, track] of tracks.entries()) {
      for (const [clipIndex, item] of all(track, 'clipitem').entries()) {
        const id = attribute(item, 'id')
        if (items.has(id)) throw new Error(`${id} twice`)
        items.set(id, { kind, track: trackIndex + 1, clip: clipIndex + 1, item })
        const source = one(item, 'file')
        if (source['pathurl'] !== undefined) files.set(attribute(source, 'id'), source)
        if (!files.has(attribute(source, 'id'))) throw new Error('a file is named before it is described')
      }
    }
  }
  for (const { item } of items.values()) checkLinks(item, items)
  const markers = all(sequence, 'marker').map((marker) => ({
    at: Number(text(marker, 'in')),
    name: text(marker, 'name'),
    note: text(marker, 'comment'),
  }))
  const cuts = all(video[0] ?? audio[0] ?? {}, 'clipitem')
  return {
    title: text(sequence, 'name'),
    rate: rate(sequence),
    dropFrame: text(sequence, 'timecode', 'displayformat') === 'DF',
    clips: cuts.map((item): ReadClip => {
      const number = (name: string): number => Number(text(item, name))
      const [start, end] = [number('start'), number('end')]
      const effects = all(item, 'filter').map((filter) => one(filter, 'effect'))
      const remap = effects.find((effect) => text(effect, 'effectid') === 'timeremap')
      const speed = remap === undefined ? 1 : Number(text(parameterOf(remap, 'speed'), 'value')) / 100
      return {
        name: text(item, 'name'),
        file: text(files.get(attribute(one(item, 'file'), 'id')) ?? {}, 'pathurl'),
        in: Math.round(number('in') * speed),
        out: Math.round(number('out') * speed),
        ...(remap !== undefined && { speed }),
        start,
        end,
        markers: markers.filter((marker) => marker.at >= start && marker.at < end),
        reframe: effects
          .filter((effect) => text(effect, 'effectid') === 'basic')
          .flatMap((effect) => keys(effect, number('in')))
          .map((key) => ({ ...key, at: Math.round(key.at * speed) })),
      }
    }),
  }
}

/** A cut's items all have the same range and the same list of links, which says where each stands. */
function checkLinks(item: Node, items: Map<string, { kind: string; track: number; clip: number; item: Node }>): void {
  const links = all(item, 'link')
  if (!links.some((link) => text(link, 'linkclipref') === attribute(item, 'id'))) throw new Error('no link to itself')
  for (const link of links) {
    const found = items.get(text(link, 'linkclipref'))
    const said = [text(link, 'mediatype'), Number(text(link, 'trackindex')), Number(text(link, 'clipindex'))]
    if (found === undefined || said.join() !== [found.kind, found.track, found.clip].join()) {
      throw new Error(`a link leads astray: ${said.join()}`)
    }
    for (const name of ['start', 'end', 'in', 'out', 'name', 'masterclipid']) {
      if (text(item, name) !== text(found.item, name)) throw new Error(`linked items differ in ${name}`)
    }
  }
}

function rate(node: Node): { nominal: number; ntsc: boolean } {
  return { nominal: Number(text(node, 'rate', 'timebase')), ntsc: text(node, 'rate', 'ntsc') === 'TRUE' }
}

function keys(effect: Node, from: number) {
  const scales = values(parameterOf(effect, 'scale'), from)
  return values(parameterOf(effect, 'center'), from).map(({ at: frame, value }, index) => {
    const scale = scales[index]
    if (scale?.at !== frame) throw new Error('centre and scale change at different times')
    const position = [Number(text(value, 'horiz')), Number(text(value, 'vert'))] as [number, number]
    return { at: frame, position, scale: Number(text({ value: [scale.value] }, 'value')) }
  })
}

function parameterOf(effect: Node, id: string): Node {
  const found = all(effect, 'parameter').find((one) => text(one, 'parameterid') === id)
  if (found === undefined) throw new Error(`no parameter ${id}`)
  return found
}

function values(parameter: Node, from: number): { at: number; value: Node }[] {
  const frames = all(parameter, 'keyframe').map((key) => ({ at: Number(text(key, 'when')), value: one(key, 'value') }))
  return frames.length > 0 ? frames : [{ at: from, value: one(parameter, 'value') }]
}
