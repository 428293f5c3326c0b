import { expect, test } from 'vitest'
import { islands } from '../../../../../src-main/stages/frame/islands.ts'

const mask = (...rows: string[]): Uint8Array => Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0))

test('areas that hang together, by their sides', () => {
  const found = islands(mask('##...', '.#..#', '..#.#', '....#'), 5)
  expect(found).toEqual([
    { area: 3, bottom: 2 },
    { area: 3, bottom: 4 },
    { area: 1, bottom: 3 },
  ])
})

test('the right side of a line does not touch the left side of the next', () => {
  expect(islands(mask('..#', '#..'), 3)).toHaveLength(2)
  expect(islands(mask('...', '...'), 3)).toEqual([])
  expect(islands(mask('###', '###'), 3)).toEqual([{ area: 6, bottom: 2 }])
})
