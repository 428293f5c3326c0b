/** An element: text alone, or other elements. */
export interface Xml {
  name: string
  attributes: Readonly<Record<string, string | number>>
  content: string | readonly Xml[]
}

type Content = string | number | readonly (Xml | null)[]

/** `null` among the children is left out. */
export function xml(name: string, attributes: Xml['attributes'], content: Content = []): Xml {
  if (typeof content === 'string' || typeof content === 'number') return { name, attributes, content: `${content}` }
  return { name, attributes, content: content.filter((child) => child !== null) }
}

/** An element without attributes. */
export function tag(name: string, content: Content = []): Xml {
  return xml(name, {}, content)
}

/** A whole document, UTF-8, indented; `doctype` is the root's name. */
export function writeXml(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ${root.name}>\n${write(root, '')}`
}

function write({ name, attributes, content }: Xml, indent: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value), true)}"`)
  const start = `${indent}<${name}${list.join('')}`
  if (content.length === 0) return `${start}/>\n`
  if (typeof content === 'string') return `${start}>${escape(content, false)}</${name}>\n`
  return `${start}>\n${content.map((child) => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

/**
 * `>` too, because of `]]>`. Characters that XML 1.0 forbids even when escaped (production 2: most controls, halves
 * of surrogate pairs, U+FFFE and U+FFFF) become U+FFFD. Readers turn raw line breaks in attributes into spaces.
 */
function escape(text: string, inAttribute: boolean): string {
  if (!NEEDS_CARE.test(text)) return text
  const allowed = text.toWellFormed().replace(FORBIDDEN, '\ufffd')
  const escaped = allowed.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? '&quot;')
  return escaped.replace(inAttribute ? /[\t\n\r]/g : /\r/g, (c) => `&#${c.charCodeAt(0)};`)
}

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const NEEDS_CARE = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/
