import type { Section } from './section.ts'
import { AboutSection } from './sections/about.tsx'
import { AppearanceSection } from './sections/appearance.tsx'
import { CamerasSection } from './sections/cameras.tsx'
import { CaptionsSection } from './sections/captions.tsx'
import { DetectionSection } from './sections/detection.tsx'
import { DevicesSection } from './sections/devices.tsx'
import { FoldersSection } from './sections/folders.tsx'
import { LearningSection } from './sections/learning.tsx'
import { ModelsSection } from './sections/models.tsx'
import { PresetsSection } from './sections/presets.tsx'
import { PrivacySection } from './sections/privacy.tsx'
import { ShortcutsSection } from './sections/shortcuts.tsx'
import { StorageSection } from './sections/storage.tsx'
import { SystemSection } from './sections/system.tsx'

/** All of them, in the order of the page: what is set often comes first. */
export const sections: readonly Section[] = [
  {
    id: 'folders',
    title: 'settings.sections.folders',
    words: ['settings.folders.output', 'settings.folders.template', 'settings.folders.recorders'],
    Content: FoldersSection,
  },
  {
    id: 'detection',
    title: 'settings.sections.detection',
    words: ['settings.detection.sensitivity', 'settings.detection.perHour', 'settings.detection.preview'],
    Content: DetectionSection,
  },
  {
    id: 'presets',
    title: 'settings.sections.presets',
    words: ['exporting.shape', 'exporting.shapes.vertical', 'settings.presets.shapes', 'settings.presets.cut'],
    Content: PresetsSection,
  },
  {
    id: 'cameras',
    title: 'settings.sections.cameras',
    words: ['settings.cameras.add', 'settings.cameras.text'],
    Content: CamerasSection,
  },
  {
    id: 'captions',
    title: 'settings.sections.captions',
    words: ['captions.style', 'settings.captions.mask', 'settings.captions.words'],
    Content: CaptionsSection,
  },
  {
    id: 'appearance',
    title: 'settings.sections.appearance',
    words: [
      'settings.appearance.language',
      'settings.appearance.theme',
      'settings.appearance.themeText',
      'settings.appearance.motion',
    ],
    Content: AppearanceSection,
  },
  {
    id: 'learning',
    title: 'settings.sections.learning',
    words: ['settings.learning.use', 'settings.learning.text', 'settings.learning.reset'],
    Content: LearningSection,
  },
  {
    id: 'system',
    title: 'settings.sections.system',
    words: ['settings.system.notifications', 'settings.system.login'],
    Content: SystemSection,
    desktopOnly: true,
  },
  {
    id: 'storage',
    title: 'settings.sections.storage',
    words: ['settings.storage.quota', 'settings.storage.clean', 'settings.storage.parts.renders'],
    Content: StorageSection,
  },
  {
    id: 'devices',
    title: 'settings.sections.devices',
    words: ['settings.devices.use', 'settings.devices.useText', 'settings.devices.refresh', 'settings.devices.ffmpeg'],
    Content: DevicesSection,
  },
  {
    id: 'models',
    title: 'settings.sections.models',
    words: ['settings.models.text', 'settings.models.kinds.bundled'],
    Content: ModelsSection,
  },
  { id: 'privacy', title: 'settings.sections.privacy', words: ['settings.privacy.stays'], Content: PrivacySection },
  {
    id: 'shortcuts',
    title: 'settings.sections.shortcuts',
    words: ['settings.shortcuts.reset', 'keys.title'],
    Content: ShortcutsSection,
  },
  { id: 'about', title: 'settings.sections.about', words: ['settings.about.licences'], Content: AboutSection },
]
