export const trim = {
  undone: 'Taken back.',
  in: 'Begin here',
  out: 'End here',
  undo: 'Undo',
  redo: 'Redo',
  label: 'Trim',
} as const
