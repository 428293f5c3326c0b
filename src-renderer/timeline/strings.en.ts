export const timeline = {
  label: 'Timeline',
  moments: 'Moments',
  score: 'Score',
  speech: 'Speech',
  zoomIn: 'Look closer',
  zoomOut: 'Look from farther away',
  whole: 'Whole recording',
  scored: 'Score {{score}}',
  marker: 'Marker',
  said: '“{{text}}”',
  long: '{{seconds}} s',
} as const
