export const browse = {
  places: 'Places',
  up: 'One folder up',
  empty: 'Nothing to choose in this folder.',
  cutShort: 'This folder holds more than can be shown.',
  all_one: 'Select {{count}} file',
  all_other: 'Select all {{count}} files',
  none: 'Select none',
  here: 'Choose this folder',
} as const
