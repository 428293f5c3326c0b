import { expect, test } from 'vitest'
import { targetOf } from '../../../../src-renderer/shell/notice-target.ts'

test('a notice leads to what it is about', () => {
  const done = { outcome: 'done', recordingId: 7 } as const
  expect(targetOf({ ...done, kind: 'analyze' })).toEqual({ to: '/recordings/$id', params: { id: '7' } })
  expect(targetOf({ ...done, kind: 'analyze', recordingId: null })).toEqual({ to: '/' })
  expect(targetOf({ ...done, kind: 'render' })).toEqual({ to: '/exports' })
  expect(targetOf({ ...done, kind: 'process' })).toEqual({ to: '/exports' })
  expect(targetOf({ ...done, kind: 'analyze', outcome: 'failed' })).toEqual({ to: '/jobs' })
  expect(targetOf({ ...done, kind: 'render', outcome: 'needs-input' })).toEqual({ to: '/jobs' })
})
