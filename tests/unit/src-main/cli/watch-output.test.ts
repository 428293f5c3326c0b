import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { watchOutput } from '../../../../src-main/cli/watch-output.ts'
import type { ClutchcutError } from '../../../../src-shared/contract/errors.ts'

function watched() {
  const said: string[] = []
  const stopped: ClutchcutError[] = []
  const target = {
    stdout: new EventEmitter(),
    stderr: Object.assign(new EventEmitter(), { write: (text: string) => said.push(text) }),
    exitCode: undefined as number | undefined,
  }
  watchOutput(target as unknown as Parameters<typeof watchOutput>[0], (reason) => stopped.push(reason))
  const fail = (stream: 'stdout' | 'stderr', code: string): boolean =>
    target[stream].emit('error', Object.assign(new Error(code), { code }))
  return { target, said, stopped, fail }
}

test('an output that was closed ends the work, without a word and once', () => {
  const { target, said, stopped, fail } = watched()
  fail('stdout', 'EPIPE')
  fail('stdout', 'EPIPE')
  expect(stopped.map(({ code }) => code)).toEqual(['job/cancelled'])
  expect([said, target.exitCode]).toEqual([[], undefined])
})

test('an output on a full disk is a failure', () => {
  const { target, said, stopped, fail } = watched()
  fail('stdout', 'ENOSPC')
  expect(stopped.map(({ code }) => code)).toEqual(['output/not-writable'])
  expect(said).toEqual([expect.stringMatching(/^clutchcut: The output cannot be written \(ENOSPC\)\..*\n$/)])
  expect(target.exitCode).toBe(1)
})

test('without stderr the work goes on', () => {
  const { stopped, fail } = watched()
  fail('stderr', 'EPIPE')
  expect(stopped).toEqual([])
})
