export const common = {
  close: 'Close',
  cancel: 'Cancel',
  clear: 'Clear',
  tryAgain: 'Try again',
  undo: 'Undo',
  more: 'More',
  eta: '{{time}} left',
  loading: 'Loading',
} as const

export const shell = {
  name: 'Clutchcut',
  skip: 'Skip to the content',
  navigation: 'Main',
  notFound: 'There is nothing here',
  notFoundText: 'This page drifted off. The library is where it was.',
  toLibrary: 'To the library',
  connecting: 'Connecting to the engine',
  lost: 'The engine does not answer. Trying again…',
  restored: 'Connected again.',
  retryNow: 'Try now',
  signedOut: 'This browser is not signed in',
  signedOutText:
    'Press Enter in the window where Clutchcut runs: it prints a new link. Open that link here. If Clutchcut is not running, npm start or clutchcut serve starts it and prints one. Each link works once.',
  failed: 'This page broke',
} as const

export const palette = {
  title: 'Commands',
  open: 'Commands',
  hint: 'Type what you want to do',
  none: 'No command of that name.',
  go: 'Go to',
  do: 'Do',
  theme: { system: 'Theme: as the system', dark: 'Theme: dark', light: 'Theme: light' },
} as const

export const keys = {
  title: 'Keyboard',
  detail: 'Keys can be changed in the settings.',
  groups: { everywhere: 'Everywhere', library: 'Library', recording: 'Recording', review: 'Review' },
  everywhere: {
    palette: 'Commands',
    help: 'Show all keys',
    inbox: 'Inbox',
  },
  library: {
    search: 'Search',
    add: 'Add recordings',
    selectAll: 'Select all',
    clear: 'Clear the selection',
  },
} as const

export const inbox = {
  new: 'new',
  show: 'Show',
  title: 'Inbox',
  open: 'Inbox',
  unread_one: '{{count}} unread notice',
  unread_other: '{{count}} unread notices',
  empty: 'Nothing yet. What jobs come to is kept here.',
  clear: 'Clear all',
  toasts: 'Notices',
  done: '{{title}} is ready',
  failed: '{{title}} failed',
  needsInput: '{{title}} needs something from you',
  clips_one: '{{count}} clip found',
  clips_other: '{{count}} clips found',
  files_one: '{{count}} file made',
  files_other: '{{count}} files made',
} as const
