import { implementer } from './implementer.ts'

const { layouts } = implementer

export const layoutHandlers = {
  list: layouts.list.handler(({ context }) => context.layouts.list()),
  set: layouts.set.handler(({ input, context }) => context.layouts.set(input)),
  forget: layouts.forget.handler(({ input, context }) => context.layouts.forget(input.game)),
  facecam: layouts.facecam.handler(({ input, context, signal }) => context.layouts.facecam(input.recordingId, signal)),
}
