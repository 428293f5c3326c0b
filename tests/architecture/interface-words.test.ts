import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { de } from '../../src-renderer/i18n/de.ts'
import { en } from '../../src-renderer/i18n/en.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')

/** Attributes that people read or hear. */
const spoken = new Set(['alt', 'aria-label', 'aria-description', 'aria-valuetext', 'label', 'placeholder', 'title'])
const hasWords = (text: unknown): boolean => typeof text === 'string' && /\p{L}{2}/u.test(text)

interface Node {
  readonly type?: string
  readonly [key: string]: unknown
}

/** Words that are written into JSX instead of coming from `t(…)`. */
function wordsIn(source: string): string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    if (node.type === 'JSXText' && hasWords(node['value'])) found.push(String(node['value']).trim())
    if (node.type === 'JSXAttribute') {
      const { name } = node['name'] as { name: unknown }
      const given = node['value'] as Node | null
      const literal = given?.type === 'JSXExpressionContainer' ? (given['expression'] as Node) : given
      if (typeof name === 'string' && spoken.has(name) && literal?.type === 'Literal' && hasWords(literal['value'])) {
        found.push(`${name}: ${String(literal['value'])}`)
      }
    }
    for (const each of Object.values(node)) visit(each)
  }
  visit(parseSync('x.tsx', source).program)
  return found
}

describe('every word of the interface', () => {
  it('can be translated: none is written into JSX', () => {
    const files = globSync('src-renderer/**/*.tsx', { cwd: checkout })
    expect(files.length).toBeGreaterThan(20)
    const found = files.flatMap((file) =>
      wordsIn(readFileSync(path.join(checkout, file), 'utf8')).map((words) => `${file}: ${words}`),
    )
    expect(found).toEqual([])
  })

  it('would be noticed', () => {
    expect(wordsIn('<p>Hello</p>')).toEqual(['Hello'])
    expect(wordsIn('<p title="Hello" className="grid">{a} · {b}</p>')).toEqual(['title: Hello'])
    expect(wordsIn("<p aria-label={'Hello'}>{t('a.b')}</p>")).toEqual(['aria-label: Hello'])
  })
})

function places(strings: object, before = ''): string[] {
  return Object.entries(strings).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${before}${key}`] : places(value as object, `${before}${key}.`),
  )
}

const valueAt = (strings: object, place: string): string =>
  place.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], strings) as string

describe('German', () => {
  it('has the same places as English', () => {
    expect(places(de).toSorted()).toEqual(places(en).toSorted())
    expect(places(en).length).toBeGreaterThan(80)
  })

  it('fills in the same values', () => {
    const filled = (text: string): string[] =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted()
    for (const place of places(en)) {
      expect([place, ...filled(valueAt(de, place))]).toEqual([place, ...filled(valueAt(en, place))])
    }
  })
})
