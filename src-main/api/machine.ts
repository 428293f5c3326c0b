import { implementer } from './implementer.ts'

const { app, detection, devices, models, platforms, presets, privacy, setup, storage } = implementer

/** What there is on this machine and in this program. */
export const machineHandlers = {
  detection: {
    preview: detection.preview.handler(({ input, context, signal }) => context.detection.preview(input, signal)),
  },
  devices: { report: devices.report.handler(({ input, context, signal }) => context.devices.report(input, signal)) },
  models: { list: models.list.handler(({ input, context, signal }) => context.models.list(input, signal)) },
  presets: { list: presets.list.handler(({ input, context, signal }) => context.presets.list(input, signal)) },
  platforms: { list: platforms.list.handler(({ input, context, signal }) => context.platforms.list(input, signal)) },
  storage: {
    report: storage.report.handler(({ input, context, signal }) => context.storage.report(input, signal)),
    clean: storage.clean.handler(({ input, context, signal }) => context.storage.clean(input, signal)),
  },
  setup: {
    suggestions: setup.suggestions.handler(({ input, context, signal }) => context.setup.suggestions(input, signal)),
    demo: setup.demo.handler(({ input, context, signal }) => context.setup.demo(input, signal)),
  },
  privacy: { report: privacy.report.handler(({ input, context, signal }) => context.privacy.report(input, signal)) },
  app: { info: app.info.handler(({ input, context, signal }) => context.app.info(input, signal)) },
}
