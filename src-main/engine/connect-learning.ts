import type { Learned, LearningReport } from '../../src-shared/contract/learning.ts'
import type { ModelRef } from '../../src-shared/contract/segment.ts'
import { describeLearning } from '../../src-shared/domain/learning-words.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { learn } from '../stages/learn/learn.ts'
import type { LearnedTaste } from '../stages/select/apply-learning.ts'

/** What the library's decisions teach about the moments of `model`; learned anew whenever they have changed. */
export function connectLearning(
  { learning, settings, backUp }: Pick<Library, 'learning' | 'settings' | 'backUp'>,
  model: ModelRef,
): {
  /** What is good enough to use; null where nothing is, or learning is off. */
  taste(): LearnedTaste | null
  report(): LearningReport
  /** Forgets all decisions, after a backup of the library. */
  reset(): LearningReport
} {
  const learned = (): { learned: Learned; waiting: number } => {
    const { decided, waiting, digest } = learning.decisions(model)
    const kept = learning.learned(model, digest)
    if (kept !== undefined) return { learned: kept, waiting }
    const fresh = learn(model, decided)
    if (decided.length > 0) learning.keep(fresh, digest, Date.now())
    return { learned: fresh, waiting }
  }
  const report = (): LearningReport => {
    const found = learned()
    return describeLearning(found.learned, { enabled: settings.get().learning, waiting: found.waiting })
  }
  return {
    taste() {
      if (!settings.get().learning) return null
      const { ranking, padding } = learned().learned
      const calibration = ranking.state === 'used' ? ranking.calibration : null
      const [padStart, padEnd] = [padding.start.seconds, padding.end.seconds]
      return calibration === null && padStart === 0 && padEnd === 0 ? null : { calibration, padStart, padEnd }
    },
    report,
    reset() {
      if (learning.total() > 0) backUp('before-learning-reset')
      learning.forget()
      return report()
    },
  }
}
