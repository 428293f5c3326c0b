import { createStore } from './store.ts'

export const announcement = createStore('')

/** Has a screen reader say something that is only seen otherwise. */
export function announce(text: string): void {
  // The same text twice is said twice.
  announcement.set('')
  setTimeout(() => announcement.set(text), 50)
}
