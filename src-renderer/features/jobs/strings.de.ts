import type { Translated } from '../../i18n/translated.ts'
import type { jobKeys as englishKeys, jobs as english } from './strings.en.ts'

export const jobs: Translated<typeof english> = {
  title: 'Aufträge',
  summary: '{{running}} laufen, {{waiting}} warten, {{ended}} beendet',
  groups: { now: 'Jetzt', waiting: 'Wartend', ended: 'Beendet' },
  kinds: { analyze: 'Momente finden', process: 'Momente finden und Dateien erstellen', render: 'Dateien erstellen' },
  states: {
    queued: 'Wartet',
    running: 'Läuft',
    paused: 'Angehalten',
    done: 'Fertig',
    failed: 'Gescheitert',
    cancelled: 'Abgebrochen',
    'needs-input': 'Braucht dich',
  },
  stages: {
    import: 'Die Datei wird angesehen',
    probe: 'Gelesen wird, was darin ist',
    analyse: 'Hören und Sehen',
    score: 'Bewerten',
    chat: 'Der Chat wird gelesen',
    markers: 'Markierungen werden gelesen',
    select: 'Momente werden gewählt',
    render: 'Dateien entstehen',
  },
  starting: 'Beginnt',
  attempt: 'Versuch {{number}}',
  clips_one: '{{count}} Clip',
  clips_other: '{{count}} Clips',
  files_one: '{{count}} Datei',
  files_other: '{{count}} Dateien',
  actions: {
    pause: '{{title}} anhalten',
    resume: '{{title}} fortsetzen',
    retry: '{{title}} noch einmal versuchen',
    first: '{{title}} als Nächstes',
    cancel: '{{title}} abbrechen',
    log: 'Protokoll von {{title}}',
  },
  pauseAll: 'Alle anhalten',
  resumeAll: 'Alle fortsetzen',
  clear: 'Beendete entfernen',
  log: 'Protokoll',
  ffmpeg: 'Was FFmpeg zuletzt sagte',
  noLog: 'Darüber wurde nichts festgehalten.',
  copy: 'Alles kopieren',
  copied: 'Kopiert.',
  empty: {
    title: 'Nichts zu tun',
    text: 'Analysen und Exporte warten hier, bis sie an der Reihe sind, und sagen, was aus ihnen wurde.',
  },
}

export const jobKeys: Translated<typeof englishKeys> = {
  next: 'Nächster Auftrag',
  previous: 'Voriger Auftrag',
  pause: 'Anhalten oder fortsetzen',
  first: 'Als Nächstes',
  retry: 'Noch einmal versuchen',
  log: 'Protokoll',
  cancel: 'Abbrechen',
}
