import { describe, expect, test } from 'vitest'
import { mergeReport } from '../../../bench/merge-report.ts'

describe('a report of several runs', () => {
  const run = (...titles: string[]) => ({
    head: '# Benchmarks\n\nHow.\n\n## Repeat it\n\n    npm run bench',
    sections: titles.map((title) => `## ${title}\n\nnew\n\n### Part\n\nmore`),
  })

  test('keeps what was not measured, replaces what was, in one order', () => {
    const earlier = mergeReport('', run('Library', 'Analysis')).replaceAll('new', 'old')
    const merged = mergeReport(earlier, run('Cutting', 'Library'))
    expect([...merged.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'Repeat it',
      'Analysis',
      'Cutting',
      'Library',
    ])
    expect(merged).toMatch(/## Analysis\n\nold\n\n### Part\n\nmore\n\n## Cutting\n\nnew/)
    expect(merged).toMatch(/## Library\n\nnew/)
    expect(mergeReport(merged, run('Library'))).toBe(merged)
  })

  test('refuses a section that it does not know', () => {
    expect(() => mergeReport('', run('Weather'))).toThrow(/no section/)
  })
})
