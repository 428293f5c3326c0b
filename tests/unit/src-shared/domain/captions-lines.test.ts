import { expect, it } from 'vitest'
import { spokenLines } from '../../../../src-shared/domain/captions-lines.ts'

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
