import type { CauseId } from '../../../src-shared/domain/causes.ts'

/** What a cause is to people where none of its signals says more; with the name that the reason then has. */
export const causeWords: Readonly<Record<CauseId, { readonly signal: string; readonly text: string }>> = {
  game: { signal: 'audio.sound', text: 'The game sounds as it does in highlights, though no louder than usual' },
  voice: { signal: 'audio.voice', text: 'The voice on the microphone, though no louder than usual' },
  movement: { signal: 'picture.movement', text: 'Movement on the screen, though no faster than usual' },
  screen: {
    signal: 'picture.shown',
    text: 'Something new on the screen, such as a message, an icon or a flash',
  },
}

/** Signals that only say that the picture is another one: what is shown says it better. */
export const changeOnly: readonly string[] = ['picture.variance', 'picture.histogram', 'picture.blocks']

/** What the kinds that the program's own model tells apart are to people. Others are not named. */
const kindWords: Readonly<Record<string, string>> = {
  kill: 'an elimination',
  death: 'your own death',
  award: 'an award',
}
/** A kind that is less likely than this is not clear, and is not named. */
const clearFrom = 0.5

/** "Looks and sounds like an elimination"; null where no kind is clear, or it is neither seen nor heard. */
export function describeKind(
  kinds: Readonly<Record<string, number>>,
  { seen, heard }: { readonly seen: boolean; readonly heard: boolean },
): string | null {
  const clearest = Object.entries(kinds).toSorted(([a, p], [b, q]) => q - p || (a < b ? -1 : 1))[0]
  const words = clearest === undefined || clearest[1] < clearFrom ? undefined : kindWords[clearest[0]]
  if (words === undefined || (!seen && !heard)) return null
  return `${seen && heard ? 'Looks and sounds' : seen ? 'Looks' : 'Sounds'} like ${words}`
}
