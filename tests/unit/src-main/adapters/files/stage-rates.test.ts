import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createStageRates } from '../../../../../src-main/adapters/files/stage-rates.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-rates')

it('keeps what was measured, and takes damage for nothing', () => {
  const file = join(folder, 'rates.json')
  const rates = createStageRates(file)
  expect(rates.read()).toEqual({})
  rates.write({ analyse: 0.01, score: undefined })
  expect(rates.read()).toEqual({ analyse: 0.01 })
  expect(readdirSync(folder)).toEqual(['rates.json'])
  for (const damaged of ['', '{"analyse":"fast"}', '{"analyse":-1}', '[]', 'null']) {
    writeFileSync(file, damaged)
    expect(rates.read()).toEqual({})
  }
})

it('does not mind a place that cannot be written', () => {
  mkdirSync(join(folder, 'taken'))
  const rates = createStageRates(join(folder, 'taken'))
  rates.write({ analyse: 1 })
  expect(rates.read()).toEqual({})
})
