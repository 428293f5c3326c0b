/** One row of RFC 4180; a quotation mark within a bare cell is itself. `open`: it ends within quotation marks. */
export function splitRow(row: string, separator: string): { cells: string[]; open: boolean } {
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (row[at] === '"') {
      let cell = ''
      let from = at + 1
      let end = row.indexOf('"', from)
      while (end >= 0 && row[end + 1] === '"') {
        cell += row.slice(from, end + 1)
        from = end + 2
        end = row.indexOf('"', from)
      }
      cell += row.slice(from, end < 0 ? row.length : end)
      const next = end < 0 ? -1 : row.indexOf(separator, end)
      cells.push(cell)
      if (next < 0) return { cells, open: end < 0 }
      at = next + 1
    } else {
      const next = row.indexOf(separator, at)
      cells.push(row.slice(at, next < 0 ? row.length : next))
      if (next < 0) return { cells, open: false }
      at = next + 1
    }
  }
}
