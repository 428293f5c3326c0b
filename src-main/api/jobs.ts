import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { implementer } from './implementer.ts'

const { jobs } = implementer

export const jobHandlers = {
  list: jobs.list.handler(({ input, context }) => context.jobs.list(input)),
  get: jobs.get.handler(({ input: { id }, context }) => {
    const job = context.jobs.get(id)
    if (job === undefined) throw new ClutchcutError('job/not-found', `There is no job ${id}.`, { data: { id } })
    return job
  }),
  add: jobs.add.handler(({ input: { spec, priority }, context }) => context.jobs.add(spec, priority)),
  pause: jobs.pause.handler(({ input: { id }, context }) => context.jobs.request(id, 'pause')),
  resume: jobs.resume.handler(({ input: { id }, context }) => context.jobs.request(id, 'resume')),
  cancel: jobs.cancel.handler(({ input: { id }, context }) => context.jobs.request(id, 'cancel')),
  retry: jobs.retry.handler(({ input: { id }, context }) => context.jobs.request(id, 'retry')),
  setPriority: jobs.setPriority.handler(({ input: { id, priority }, context }) =>
    context.jobs.setPriority(id, priority),
  ),
  pauseAll: jobs.pauseAll.handler(({ context }) => context.jobs.pauseAll()),
  resumeAll: jobs.resumeAll.handler(({ context }) => context.jobs.resumeAll()),
  clearFinished: jobs.clearFinished.handler(({ context }) => ({ count: context.jobs.clearFinished() })),
  log: jobs.log.handler(({ input, context, signal }) => context.jobs.log(input, signal)),
}
