const sectionStart = /^## (.+)$/m

interface Parts {
  readonly head: string
  /** By title, in the order of the report. */
  readonly sections: ReadonlyMap<string, string>
}

/** The order in which sections stand, whichever run they are of. */
const order = ['Analysis', 'Memory of an analysis', 'Cutting', 'Library', 'Interface']

/** A report with the sections of a new run in the place of older ones. `earlier`: the file as it is; empty for none. */
export function mergeReport(
  earlier: string,
  { head, sections }: { head: string; sections: readonly string[] },
): string {
  const known = new Map(split(earlier).sections)
  for (const section of sections) known.set(titleOf(section), section)
  const titles = order.filter((title) => known.has(title))
  return `${[head, ...titles.map((title) => known.get(title))].join('\n\n')}\n`
}

function titleOf(section: string): string {
  const title = sectionStart.exec(section)?.[1]
  if (title === undefined || !order.includes(title))
    throw new Error(`no section of the report: ${section.slice(0, 40)}`)
  return title
}

function split(text: string): Parts {
  const [head = '', ...rest] = text.split(/^(?=## )/m)
  const sections = rest.map((section) => section.trimEnd())
  return {
    head,
    sections: new Map(
      sections
        .map((section) => [sectionStart.exec(section)?.[1] ?? '', section] as const)
        .filter(([title]) => order.includes(title)),
    ),
  }
}
