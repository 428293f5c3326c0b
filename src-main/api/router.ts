import { clipHandlers } from './clips.ts'
import { exportHandlers } from './exports.ts'
import { implementer } from './implementer.ts'
import { jobHandlers } from './jobs.ts'
import { layoutHandlers } from './layouts.ts'
import { machineHandlers } from './machine.ts'
import { recordingHandlers } from './recordings.ts'
import { stillHandlers } from './stills.ts'

/** Everything the engine answers to. Hosts give it to an oRPC handler of their transport, with `ApiDeps` as context. */
export const router = implementer.router({
  recordings: recordingHandlers,
  clips: clipHandlers,
  jobs: jobHandlers,
  exports: exportHandlers,
  ...machineHandlers,
  settings: {
    get: implementer.settings.get.handler(({ context }) => context.settings.get()),
    change: implementer.settings.change.handler(({ input, context }) => context.settings.change(input)),
  },
  learning: {
    report: implementer.learning.report.handler(({ context }) => context.learning.report()),
    reset: implementer.learning.reset.handler(({ context }) => context.learning.reset()),
  },
  files: {
    browse: implementer.files.browse.handler(({ input, context, signal }) => context.files.browse(input, signal)),
  },
  layouts: layoutHandlers,
  stills: stillHandlers,
  events: implementer.events.handler(async function* ({ input, context, signal }) {
    yield* context.events(signal, input.after)
  }),
})
