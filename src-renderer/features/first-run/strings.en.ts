export const firstRun = {
  title: 'Welcome to Clutchcut',
  step: 'Step {{at}} of {{of}}',
  skip: 'Skip',
  next: 'Continue',
  back: 'Back',
  folders: {
    title: 'Where do you record to?',
    text: 'These folders were found on this machine. What is ticked is offered when you add recordings; nothing in it is changed.',
    none: 'No recorder was found here. Folders can be added in the settings, and recordings from anywhere.',
    looking: 'Looking for recorders…',
    newest: 'newest {{day}}',
  },
  devices: {
    title: 'What computes here',
    text: 'Every device computes the same as the CPU first; only one that does is used. This may take a minute, and goes on while you continue.',
  },
  demo: {
    title: 'See it at work',
    text: 'A short match comes along. Finding its moments takes some seconds.',
    none: 'This install has no demo recording. Drop one of your own into the window when you are ready.',
    go: 'Try the demo',
    own: 'Start with my own',
  },
} as const
