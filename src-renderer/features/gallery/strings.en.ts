export const gallery = {
  title: 'Gallery',
  detail: 'Every component, in both themes.',
  dark: 'Dark',
  light: 'Light',
} as const
