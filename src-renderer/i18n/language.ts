import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '../../src-shared/contract/settings.ts'
import { en } from './en.ts'
import { engineTranslator, type EngineTranslator } from './engine-words.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

type Places<Strings, Before extends string = ''> = {
  [Key in keyof Strings & string]: Strings[Key] extends string
    ? Strings[Key] extends `${string}{{${string}`
      ? never
      : `${Before}${Key}`
    : Places<Strings[Key], `${Before}${Key}.`>
}[keyof Strings & string]

/** A string of `en.ts` in which nothing is to be filled, by its place: `library.title`. */
export type StringKey = Places<typeof en>

/** English comes along; the others are loaded when they are asked for. */
const load = {
  de: async () => {
    const [{ de }, { inGerman }] = await Promise.all([import('./de.ts'), import('./engine-words.de.ts')])
    return { strings: de, translator: inGerman }
  },
}
const translators = new Map<string, EngineTranslator>()

/** Synchronous: the first render has its words. */
export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: { translation: en } },
    // React escapes.
    interpolation: { escapeValue: false },
  })
}

/** Which language a setting means on this machine: one of ours, in the machine's order of preference. Pure. */
export function languageOf(setting: Settings['language'], preferred: readonly string[]): 'en' | 'de' {
  if (setting !== 'system') return setting
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'de')
  return known === 'de' ? 'de' : 'en'
}

export async function changeLanguage(language: 'en' | 'de'): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const { strings, translator } = await load[language]()
    translators.set(language, translator)
    i18next.addResourceBundle(language, 'translation', strings)
  }
  engineTranslator.set(translators.get(language) ?? null)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
