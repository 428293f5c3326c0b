import { describe, expect, it } from 'vitest'
import { formatTable, printable } from '../../../../src-main/cli/table.ts'

describe('formatTable', () => {
  it('aligns columns and leaves no trailing blanks', () => {
    expect(
      formatTable(
        ['a', 'bb'],
        [
          ['xxx', 'y'],
          ['', 'z'],
        ],
      ),
    ).toBe('a    bb\nxxx  y\n     z\n')
  })

  it('shows no control characters', () => {
    expect(printable('a\u001b[31mred\nb')).toBe('a [31mred b')
  })
})
