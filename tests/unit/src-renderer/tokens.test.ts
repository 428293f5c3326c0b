import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, '../../../src-renderer/tokens.css'), 'utf8')

/** Both values of every token that is a plain pair of colours. */
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name ?? '',
    { light: light ?? '', dark: dark ?? '' },
  ]),
)

/** Relative luminance of an sRGB colour; WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** 1 to 21; WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ['page', 'surface', 'raised', 'hover']
const read = ['ink', 'ink-soft', 'ink-faint', 'ember-ink', 'good', 'bad', 'warn', 'info']
/** Text of any size: 4.5. */
const texts: [ink: string, ground: string][] = [
  ...read.flatMap((ink) => grounds.map((ground): [string, string] => [ink, ground])),
  ...['ink', 'ink-soft'].map((ink): [string, string] => [ink, 'pressed']),
  ...['good', 'bad', 'warn', 'info'].map((ink): [string, string] => [ink, `${ink}-wash`]),
  ...['good', 'bad', 'warn', 'info', 'ember'].map((wash): [string, string] => ['ink', `${wash}-wash`]),
  ...['good', 'bad', 'warn', 'info', 'ember'].map((wash): [string, string] => ['ink-soft', `${wash}-wash`]),
  ['ember-ink', 'ember-wash'],
  ['on-ember', 'ember'],
  ['on-ember', 'ember-hover'],
]
/** Borders of controls: 3. (The ember of a filled button carries text, which tells it.) */
const edges: [edge: string, ground: string][] = ['page', 'surface', 'raised'].map((ground) => ['control', ground])

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const colour = (name: string): string => tokens.get(name)?.[theme] ?? `no token --${name}`

  it.each(texts)('%s can be read on %s', (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(edges)('%s can be told from %s', (edge, ground) => {
    expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3)
  })
})

it('knows black from white, and from itself', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#ff7a3c', '#ff7a3c')).toBe(1)
})
