import { expect, it } from 'vitest'
import { shortcutConflict } from '../../../../src-shared/domain/shortcuts.ts'

it.each([
  ['the same keys in a group', { 'review.keep': ['K'], 'review.next': ['N', 'k'] }, ['review.keep', 'review.next']],
  ['keys of everywhere', { 'everywhere.help': ['?'], 'review.next': ['?'] }, ['everywhere.help', 'review.next']],
  [
    'keys of everywhere, said later',
    { 'review.next': ['?'], 'everywhere.help': ['?'] },
    ['review.next', 'everywhere.help'],
  ],
])('notices %s', (_, shortcuts, names) => {
  expect(shortcutConflict(shortcuts)?.names).toEqual(names)
})

it('lets groups that are never heard at once share keys, and an action have several', () => {
  expect(
    shortcutConflict({ 'review.keep': ['K', 'Enter', 'K'], 'library.open': ['Enter'], 'player.play': [] }),
  ).toBeNull()
})
