export const firstRun = {
  title: 'Welcome to Clutchcut',
  step: 'Step {{at}} of {{of}}',
  skip: 'Skip',
  next: 'Continue',
  back: 'Back',
  folders: {
    title: 'Where do you record to?',
    text: 'These folders were found here. Ticked ones are offered when you add recordings. Nothing in them is changed.',
    none: 'No recorder was found here. Folders can be added in the settings, and recordings from anywhere.',
    looking: 'Looking for recorders…',
    newest: 'newest {{day}}',
  },
  devices: {
    title: 'How fast is this machine?',
    text: 'A graphics card makes it faster, but only one that comes to the same results as the CPU is used. Checking may take a minute; you can go on meanwhile.',
  },
  demo: {
    title: 'See it at work',
    text: 'A short match comes along. Its moments are found in some seconds: keep the best, and export them.',
    none: 'This install has no demo recording. Drop one of your own into the window when you are ready.',
    go: 'Try the demo',
    own: 'Start with my own',
  },
} as const
