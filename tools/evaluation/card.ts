import { format } from 'prettier'
import { sectionNames, type SectionName } from './tables.ts'

/**
 * The card with its generated parts replaced: what stands between `<!-- generated: NAME -->` and `<!-- end -->`.
 * @throws Error when a part has no place in the card, or a place has no part.
 */
export async function fillCard(card: string, sections: Readonly<Record<SectionName, string>>): Promise<string> {
  const seen = new Set<string>()
  const filled = card.replaceAll(
    /(<!-- generated: ([\w-]+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const section: string | undefined = (sections as Readonly<Record<string, string>>)[name]
      if (section === undefined) throw new Error(`The card has a place for "${name}", which nothing makes.`)
      seen.add(name)
      return `${begin}\n\n${section}\n\n${end}`
    },
  )
  const missing = sectionNames.filter((name) => !seen.has(name))
  if (missing.length > 0) throw new Error(`The card has no place for: ${missing.join(', ')}.`)
  return format(filled, { parser: 'markdown', printWidth: 120 })
}
