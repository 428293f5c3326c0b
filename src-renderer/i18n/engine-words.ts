import { createStore } from '../store.ts'

/** Says a sentence of the engine's in a language; null for one that it does not know. */
export type EngineTranslator = (sentence: string) => string | null

/** Of the language that is shown; null for English, which is the engine's own. */
export const engineTranslator = createStore<EngineTranslator | null>(null)

/**
 * What the engine says in English (why a moment was picked, what a job waits for), in the language of the interface.
 * Such sentences are kept in the library and may be older than this program: what is not known stays as it is.
 */
export function inOurWords(sentence: string): string {
  return engineTranslator.get()?.(sentence) ?? sentence
}
