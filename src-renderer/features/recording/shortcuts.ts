import type { ShortcutGroup } from '../../shortcuts/table.ts'

export const recordingShortcuts = {
  group: 'recording',
  title: 'keys.groups.recording',
  shortcuts: {
    toggle: { keys: ['Space', 'K'], label: 'keys.recording.toggle' },
    rewind: { keys: ['J'], label: 'keys.recording.rewind' },
    faster: { keys: ['L'], label: 'keys.recording.faster' },
    back: { keys: ['ArrowLeft'], label: 'keys.recording.back' },
    forward: { keys: ['ArrowRight'], label: 'keys.recording.forward' },
    previous: { keys: ['ArrowUp'], label: 'keys.recording.previous' },
    next: { keys: ['ArrowDown'], label: 'keys.recording.next' },
    in: { keys: ['I'], label: 'keys.recording.in' },
    out: { keys: ['O'], label: 'keys.recording.out' },
    keep: { keys: ['Enter'], label: 'keys.recording.keep' },
    reject: { keys: ['X'], label: 'keys.recording.reject' },
    favourite: { keys: ['F'], label: 'keys.recording.favourite' },
    rename: { keys: ['R'], label: 'keys.recording.rename' },
    zoom: { keys: ['Z'], label: 'keys.recording.zoom' },
    clear: { keys: ['Escape'], label: 'keys.recording.clear' },
    undo: { keys: ['Mod+Z'], label: 'keys.recording.undo' },
    redo: { keys: ['Mod+Shift+Z', 'Mod+Y'], label: 'keys.recording.redo' },
    export: { keys: ['E'], label: 'keys.recording.export' },
    create: { keys: ['N'], label: 'keys.recording.create' },
  },
} as const satisfies ShortcutGroup
