import type { PrivacyItem } from '../contract/app.ts'
import type { Settings } from '../contract/settings.ts'

/**
 * What leaves this machine, and what is kept on it, as the program is today. `tests/architecture/network.test.ts` holds
 * it against the sources: whoever opens a connection has to say so here.
 */
export function privacyItems({ learning }: Pick<Settings, 'learning'>): PrivacyItem[] {
  return [
    {
      id: 'nothing-sent',
      what: 'No recording, clip, chat, statistic or crash report is sent anywhere.',
      to: null,
      when: 'never',
      active: true,
    },
    {
      id: 'browser-interface',
      what: 'The interface in a browser speaks with the engine on this computer, behind a link that works once.',
      to: null,
      when: 'while "clutchcut serve" runs; from other computers only when it is told so',
      active: true,
    },
    {
      id: 'learning',
      what: 'What you keep, trim and discard teaches the ranking. It stays in the library, and can be forgotten.',
      to: null,
      when: 'when you decide about a clip',
      active: learning,
    },
    {
      id: 'logs',
      what: 'Logs are kept in the data folder, without folders’ names and secrets. They leave it only if you send them.',
      to: null,
      when: 'while it works',
      active: true,
    },
  ]
}
