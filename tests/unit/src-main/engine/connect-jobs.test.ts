import { expect, it } from 'vitest'
import { connectJobs } from '../../../../src-main/engine/connect-jobs.ts'
import type { Library } from '../../../../src-main/adapters/library/open-library.ts'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import { makeJob } from '../../../helpers/make-job.ts'

it('a job that ends while all are paused does not keep the others from it', () => {
  const jobs = [1, 2, 3].map((id) => makeJob({ id }))
  const area = connectJobs({
    library: { jobs: { list: () => jobs } } as unknown as Library,
    queue: {
      request(id) {
        if (id === 2) throw new ClutchcutError('job/wrong-state', 'It is done.')
        return { ...jobs[id - 1]!, state: 'paused' }
      },
      wake: () => {},
    },
    emit: () => {},
    tell: (job) => job,
  })
  expect(area.pauseAll().map(({ id, state }) => [id, state])).toEqual([
    [1, 'paused'],
    [3, 'paused'],
  ])
})
