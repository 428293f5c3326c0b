import { expect, test } from 'vitest'
import { describeRise } from '../../../../../src-main/stages/select/describe-rise.ts'
import { chatCurves } from '../../../../../src-shared/domain/chat.ts'

const say = (id: string, value: number, usual: number, contextMinutes = 6): string =>
  describeRise({ id, isMic: false, unit: 'ratio', value, usual, contextMinutes })

test.each([
  [say('chat.rate', 90, 10), 'Chat spike: 9 times as many messages as in the 6 minutes around it'],
  [say('chat.rate', 26, 10), 'Chat spike: 2.6 times as many messages as in the 6 minutes around it'],
  [say('chat.rate', 10, 10), 'Chat spike: a few more messages than in the 6 minutes around it'],
  [say('chat.rate', 5000, 10), 'Chat spike: over 100 times as many messages as in the 6 minutes around it'],
  [say('chat.rate', 60, 0, 0.5), 'Chat spike: messages where there are hardly any in the 30 seconds around it'],
  [say('chat.authors', 24, 4), 'Many chatters at once: 6 times as many people as in the 6 minutes around it'],
  [say('chat.hype', 0.62, 0.05), 'Chat cheers and laughs, 62 % of its messages against 5 % in the 6 minutes around it'],
  [say('chat.emotes', 0.5, 0.5), 'Chat full of emotes, a little more than in the 6 minutes around it'],
])('%s', (said, expected) => {
  expect(said).toBe(expected)
})

test('every chat signal has words of its own', () => {
  for (const { id } of chatCurves) expect(say(id, 2, 1)).not.toContain(id)
})
