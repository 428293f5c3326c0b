import { createHash } from 'node:crypto'
import type { StageName } from '../../src-shared/contract/job.ts'
import type { Fingerprint } from '../../src-shared/contract/recording.ts'
import { canonicalJson } from '../../src-shared/domain/canonical-json.ts'
import type { CheckpointKey } from './deps.ts'

/**
 * Where a stage's result is kept. `after` is the key of the stage whose result it reads: a new version or another
 * option of an earlier stage thus leads to new keys for all later ones, and to none for the stages before it.
 */
export function stageKey(
  fingerprint: Fingerprint,
  stage: StageName,
  version: number,
  options: unknown,
  after: CheckpointKey | null,
): CheckpointKey {
  const upstream = after === null ? null : { stage: after.stage, version: after.version, options: after.options }
  const hash = createHash('sha256').update(canonicalJson({ options, upstream })).digest('hex')
  return { fingerprint, stage, version, options: hash }
}
