import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { check } from 'prettier'
import { beforeAll, describe, expect, test } from 'vitest'
import { fillCard } from '../../../../tools/evaluation/card.ts'
import { writeEvidence } from '../../../../tools/evaluation/evidence.ts'
import { differenceOf, judgeEvidence, meanOf, type Judgement } from '../../../../tools/evaluation/judgement.ts'
import { plotsOf } from '../../../../tools/evaluation/plots.ts'
import { sectionNames, sectionsOf } from '../../../../tools/evaluation/tables.ts'
import { makeEvidence } from '../../../helpers/make-evidence.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const checkout = join(import.meta.dirname, '..', '..', '..', '..')
const card = join(checkout, 'models', 'highlights', 'CARD.md')
const slow = 180_000

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** `npm run evaluate -- …` */
async function evaluate(...args: string[]): Promise<Ended> {
  const tool = join(checkout, 'tools', 'evaluate.ts')
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [tool, ...args])) }
  } catch (error) {
    return error as Ended
  }
}

let judgement: Judgement
let sections: ReturnType<typeof sectionsOf>
beforeAll(() => {
  judgement = judgeEvidence(makeEvidence({ seconds: 160 }))
  sections = sectionsOf(judgement)
}, slow)

describe('judging evidence', () => {
  test('a network that sees the truth beats everything else, and what sees less of it', () => {
    const { model, baselines, ablations, streams, quiet } = judgement
    for (const row of [...baselines.slice(0, 6), ...ablations]) {
      expect([row.name, differenceOf(model!, row, 'averagePrecision').low > 0]).toEqual([row.name, true])
    }
    expect(meanOf(baselines[0]!, 'lift')).toBeLessThan(1.5)
    expect(
      meanOf(
        baselines.find(({ name }) => name === 'the truth itself')!,
        'averagePrecision',
      ),
    ).toBeGreaterThan(0.9)
    expect(streams!.model.matches).toHaveLength(6)
    expect(quiet).toEqual([{ name: 'quiet', minutes: 160 / 60, clips: expect.any(Number) as number }])
    expect(judgement.folds).toBe(4)
  })

  test('seeds are averaged, match by match', () => {
    const evidence = makeEvidence({ seeds: 2, matches: 3, seconds: 160, streams: false })
    const alone = [0, 1].map((seed) => {
      const runs = evidence.runs.filter((run) => run.seed === seed && run.variant === 'full')
      return judgeEvidence({ ...evidence, runs }).model!
    })
    const both = judgeEvidence(evidence).model!
    for (const [i, { averagePrecision }] of both.measures.entries()) {
      const mean = (alone[0]!.measures[i]!.averagePrecision + alone[1]!.measures[i]!.averagePrecision) / 2
      expect(averagePrecision).toBeCloseTo(mean, 10)
    }
  })

  test('a model that left out a match is no model', () => {
    const evidence = makeEvidence({ streams: false })
    for (const run of evidence.runs) if (run.variant === 'full') delete run.scores['m1']
    expect(() => judgeEvidence(evidence)).toThrow('did not score m1')
    const half = makeEvidence({ streams: false })
    delete half.runs[0]!.scores['m1']
    expect(() => judgeEvidence(half)).toThrow('1 of 2 seeds')
  })

  test('without runs there are the baselines', () => {
    const judged = judgeEvidence(makeEvidence({ variants: [], streams: false, matches: 2, maps: 2 }))
    const bare = sectionsOf(judged)
    expect(bare.scores).toContain('| loudness |')
    expect(bare.goals).toBe('Not measured in this evidence.')
    expect(plotsOf(judged)).toEqual({})
  })
})

describe('the card', () => {
  test('has a place for every part, and is formatted as the repository is', async () => {
    const filled = await fillCard(readFileSync(card, 'utf8'), sections)
    for (const name of sectionNames) expect(filled).toContain(`<!-- generated: ${name} -->`)
    expect(filled).toContain('| **the model**')
    expect(await check(filled, { parser: 'markdown', printWidth: 120 })).toBe(true)
    expect(await fillCard(filled, sections)).toBe(filled)
  })

  test('does not lose a part, or a place', async () => {
    const text = readFileSync(card, 'utf8')
    await expect(fillCard(text.replace('generated: goals', 'nothing: goals'), sections)).rejects.toThrow('goals')
    await expect(fillCard(`${text}<!-- generated: more --><!-- end -->`, sections)).rejects.toThrow('more')
  })

  test('plots are whole documents, without anything from elsewhere', () => {
    const plots = plotsOf(judgement)
    expect(Object.keys(plots)).toEqual(['precision-recall.svg', 'reliability.svg', 'match.svg'])
    for (const plot of Object.values(plots)) {
      expect(plot).toMatch(/^<svg [^]*<\/svg>\n$/)
      expect(plot).not.toMatch(/NaN|Infinity|undefined|<script|href/)
      expect(plot).toContain('prefers-color-scheme:dark')
    }
  })
})

describe('npm run evaluate', () => {
  const folder = join(tempFolder('clutchcut-evaluate-tool'), 'evaluation')
  const copy = join(folder, '..', 'CARD.md')

  test(
    'prints, writes and checks',
    async () => {
      mkdirSync(folder)
      copyFileSync(card, copy)
      await writeEvidence(join(folder, 'evidence.json.gz'), makeEvidence({ matches: 3, seeds: 1, seconds: 120 }))
      expect((await evaluate(folder, '--write')).code).toBe(0)
      expect(await evaluate(folder, '--check')).toMatchObject({ code: 0, stderr: '' })
      writeFileSync(copy, readFileSync(copy, 'utf8').replace(/0\.\d{3} \[/, '0.999 ['))
      const { code, stderr } = await evaluate(folder, '--check')
      expect([code, stderr]).toEqual([1, expect.stringContaining('CARD.md is not what the evidence gives')])
    },
    slow,
  )

  test(
    'gives what is published',
    async () => {
      expect(await evaluate('--check')).toMatchObject({ code: 0, stderr: '' })
    },
    slow,
  )
})
