import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fillCard } from './evaluation/card.ts'
import { readEvidence } from './evaluation/evidence.ts'
import { judgeEvidence } from './evaluation/judgement.ts'
import { plotsOf } from './evaluation/plots.ts'
import { sectionsOf } from './evaluation/tables.ts'

/**
 * Judges the highlights model by what its networks scored on matches and maps that they had not seen, beside simpler ways
 * to pick moments. Prints the tables; `--write` also puts them into the model's card and draws its plots; `--check` fails
 * where the card or a plot is not what the evidence gives.
 *
 * Usage: npm run evaluate [-- [FOLDER] [--write | --check]]   (default: models/highlights/evaluation; the card lies above it)
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, check: { type: 'boolean' } },
})
const folder = positionals[0] ?? join(import.meta.dirname, '..', 'models', 'highlights', 'evaluation')
const cardFile = join(folder, '..', 'CARD.md')
const judgement = judgeEvidence(await readEvidence(join(folder, 'evidence.json.gz')))
const sections = sectionsOf(judgement)

if (values.write !== true && values.check !== true) {
  for (const [name, section] of Object.entries(sections)) console.log(`## ${name}\n\n${section}\n`)
} else {
  const wanted = new Map(Object.entries(plotsOf(judgement)).map(([name, plot]) => [join(folder, name), plot]))
  wanted.set(cardFile, await fillCard(await readFile(cardFile, 'utf8'), sections))
  for (const [file, content] of wanted) {
    if (values.check === true) {
      const there = await readFile(file, 'utf8').catch(() => '')
      if (there === content) continue
      console.error(`${file} is not what the evidence gives. "npm run evaluate -- --write" writes it anew.`)
      process.exitCode = 1
    } else {
      await mkdir(folder, { recursive: true })
      await writeFile(file, content)
      console.log(`Wrote ${file}.`)
    }
  }
}
