export const captions = {
  style: 'Style',
  styles: { clean: 'Clean', karaoke: 'Karaoke', boxed: 'Boxed', big: 'Big' },
  sample: 'no way that worked',
  sampleShort: 'no way',
} as const
