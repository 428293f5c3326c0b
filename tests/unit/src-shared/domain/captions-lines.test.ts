import { expect, it } from 'vitest'
import { spokenLines, wordsOfLines } from '../../../../src-shared/domain/captions-lines.ts'

const word = (text: string, start: number, rest: object = {}) => ({ text, start, end: start + 1, ...rest })

it('makes a line of each phrase', () => {
  const words = [
    word('what', 0),
    word('a', 1),
    word('shot', 2, { closes: true }),
    word('全', 3),
    word('滅', 4, { joined: true }),
  ]
  expect(spokenLines(words)).toEqual([
    { start: 0, end: 3, text: 'what a shot' },
    { start: 3, end: 5, text: '全滅' },
  ])
  expect(spokenLines([])).toEqual([])
})

it('does not make one line of a file that ends no phrase', () => {
  const lines = spokenLines(Array.from({ length: 90 }, (_, i) => word('la', i)))
  expect(lines.map(({ start, end }) => [start, end])).toEqual([
    [0, 40],
    [40, 80],
    [80, 90],
  ])
})

it('gives the words back, none over the next line', () => {
  const lines = [
    { start: 0, end: 100, text: 'what a shot' },
    { start: 60, end: 90, text: 'gg' },
  ]
  const words = wordsOfLines(lines)
  expect(spokenLines(words)).toEqual([{ ...lines[0], end: 60 }, lines[1]])
  expect(words.map(({ end }) => end).every((end, i) => end <= (words[i + 1]?.start ?? end))).toBe(true)
})
