import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openLibrary } from '../../../../../src-main/adapters/library/open-library.ts'
import { libraryQueries } from '../../../../bench/library.ts'
import { fillLibrary } from '../../../../helpers/fill-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const statements: string[] = []
const library = openLibrary(join(tempFolder('clutchcut-plans'), 'library'), {
  onStatement: (sql) => void statements.push(sql),
})
fillLibrary(library, { recordings: 30, clipsEach: 4, linesEach: 2 })
afterAll(() => library.close())

/**
 * What a query may go through from end to end: an index (in its order, until the page is full, or to count), one
 * row's own JSON, the full-text index by its words, and the little tables that are what they are.
 */
const allowed = [
  /^SCAN \w+ USING (COVERING )?INDEX /,
  /^SCAN json_each VIRTUAL TABLE/,
  /^SCAN (transcript_)?search VIRTUAL TABLE INDEX \d+:.*M/,
  /^SCAN (settings|\(subquery-\d+\))$/,
  // By id, backwards, until the page is full.
  /^SCAN jobs$/,
]
/** Queries that must put rows in order themselves: those that count, and those of one tag. */
const mayOrder = /^(games|tags|clips with a tag|search|recordings of a session)/

test.each(Object.entries(libraryQueries))('%s: no table is read from end to end', (name, run) => {
  statements.length = 0
  run(library, 3)
  const selects = [...new Set(statements)].filter((sql) => /^\s*(SELECT|WITH)/i.test(sql))
  expect(selects.length).toBeGreaterThan(0)
  for (const sql of selects) {
    const plan = library.connection.raw.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()
    for (const { detail } of plan) {
      const readsAll = detail.startsWith('SCAN ') && !allowed.some((pattern) => pattern.test(detail))
      expect(readsAll, `${detail}\nof ${sql}`).toBe(false)
      const orders = detail.startsWith('USE TEMP B-TREE FOR') && !mayOrder.test(name)
      expect(orders, `${detail}\nof ${sql}`).toBe(false)
    }
  }
})

test('the check would notice', () => {
  const plan = (sql: string) =>
    library.connection.raw.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()
  expect(plan('SELECT * FROM recordings ORDER BY mtime_ms').map(({ detail }) => detail)).toEqual([
    'SCAN recordings',
    'USE TEMP B-TREE FOR ORDER BY',
  ])
  expect(allowed.some((pattern) => pattern.test('SCAN recordings'))).toBe(false)
})
