export const timeline = {
  label: 'Timeline',
  moments: 'Moments',
  score: 'Score',
  speech: 'Speech',
  zoomIn: 'Look closer',
  zoomOut: 'Look from farther away',
  whole: 'Whole recording',
} as const
