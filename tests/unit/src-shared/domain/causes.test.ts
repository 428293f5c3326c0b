import { expect, test } from 'vitest'
import { allInputs, featureNames, maskNames } from '../../../../src-main/adapters/onnx/model-inputs.ts'
import { causes } from '../../../../src-shared/domain/causes.ts'

test('every signal, every mask and every input of a model belongs to exactly one cause', () => {
  const columns = causes.flatMap(({ listens, curves }) =>
    curves.map((id) => (listens === null ? id : `${listens}:${id}`)),
  )
  expect(columns.toSorted()).toEqual([...featureNames].toSorted())
  expect(causes.map(({ mask }) => mask ?? '').toSorted()).toEqual([...maskNames].toSorted())
  const shared = ['signals', 'mask', 'pictures']
  const whole = allInputs.map(({ name }) => name).filter((name) => !shared.includes(name))
  expect(causes.flatMap(({ inputs }) => inputs).toSorted()).toEqual(whole.toSorted())
})
