import { XMLParser } from 'fast-xml-parser'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
})

/** An element as fast-xml-parser gives it: lists of children by name, attributes behind `@`. */
export type Node = { readonly [name: string]: unknown }

export function readXml(text: string, root: string): Node {
  return one(parser.parse(text) as Node, root)
}

export function all(node: Node, name: string): Node[] {
  const children = (node[name] ?? []) as (Node | string)[]
  return children.map((child) => (typeof child === 'string' ? { '#text': [child] } : child))
}

/** The only child of that name. */
export function one(node: Node, name: string): Node {
  const [child, ...others] = all(node, name)
  if (child === undefined || others.length > 0) throw new Error(`${others.length + 1} or no <${name}>`)
  return child
}

/** Down a path of only children. */
export function at(node: Node, ...path: string[]): Node {
  return path.reduce(one, node)
}

export function text(node: Node, ...path: string[]): string {
  const found = at(node, ...path)['#text'] as string | string[] | undefined
  return decode(Array.isArray(found) ? found.join('') : (found ?? ''))
}

export function attribute(node: Node, name: string): string {
  const value = node[`@${name}`]
  if (typeof value !== 'string') throw new Error(`no attribute ${name}`)
  // Readers take raw white space in an attribute for spaces.
  return decode(value.replace(/[\t\n\r]/g, ' '))
}

function decode(text: string): string {
  return text.replace(/&(#\d+|\w+);/g, (_, entity: string) => {
    const known = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[entity]
    if (known === undefined && !entity.startsWith('#')) throw new Error(`unknown entity ${entity}`)
    return known ?? String.fromCodePoint(Number(entity.slice(1)))
  })
}
