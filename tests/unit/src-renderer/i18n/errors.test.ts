import { describe, expect, test } from 'vitest'
import { errorCodes, type ErrorCode } from '../../../../src-shared/contract/errors.ts'
import { errors as german } from '../../../../src-renderer/i18n/errors.de.ts'
import { errors as english } from '../../../../src-renderer/i18n/errors.en.ts'

const codes = Object.keys(errorCodes) as ErrorCode[]

describe.each([
  ['English', english],
  ['German', german],
])('in %s', (_language, errors) => {
  test.each(codes)('%s says what happened and what to do', (code) => {
    for (const sentence of [errors[code], errors.todo[code]]) expect(sentence).toMatch(/^[A-ZÄÖÜ].{5,}[.!]$/)
    expect(errors.todo[code]).not.toBe(errors[code])
  })

  test('there is nothing about codes that do not exist', () => {
    const known = new Set<string>([...codes, 'todo', 'details'])
    expect(Object.keys(errors).filter((key) => !known.has(key))).toEqual([])
    expect(Object.keys(errors.todo).filter((key) => !known.has(key))).toEqual([])
  })
})

test('no sentence was left in English', () => {
  for (const code of codes) {
    expect(german[code]).not.toBe(english[code])
    expect(german.todo[code]).not.toBe(english.todo[code])
  }
})
