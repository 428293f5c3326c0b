export const browse = {
  places: 'Places',
  up: 'One folder up',
  empty: 'Nothing to choose in this folder.',
  cutShort: 'This folder holds more than can be shown.',
  here: 'Choose this folder',
} as const
