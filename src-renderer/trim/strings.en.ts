export const trim = {
  undone: 'Taken back.',
  order: 'A clip has to end after it begins.',
  in: 'Begin here',
  out: 'End here',
  undo: 'Undo',
  redo: 'Redo',
  label: 'Trim',
} as const
