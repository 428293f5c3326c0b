import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../src-main/adapters/library/open-library.ts'
import { connectLearning } from '../../src-main/engine/connect-learning.ts'
import type { LearnedTaste } from '../../src-main/stages/select/apply-learning.ts'
import { selectSegments } from '../../src-main/stages/select/select-segments.ts'
import { analysisDocumentSchema } from '../../src-shared/contract/documents.ts'
import { learningReportSchema } from '../../src-shared/contract/learning.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import { clipOfSegment } from '../../src-shared/domain/clip.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { fakeFingerprint, seededRandom } from '../helpers/fill-library.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { bump, makeSignals, sumOf } from '../helpers/make-signals.ts'
import { runCli } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-learning')
const model = { id: 'signals', version: '1.0.0' }
const minutes = 20
const moments = 12

/** A recording with a dozen fights; in half of them the streamer shouts, which the model does not care about. */
function record(seed: number): { find(learned: LearnedTaste | null): Segment[]; isLoud(segment: Segment): boolean } {
  const random = seededRandom(seed)
  const fights = Array.from({ length: moments }, (_, i) => ({
    slot: (i + 0.5) * ((minutes * 120) / moments) + Math.floor(20 * random()),
    height: 0.15 + 0.5 * random(),
    isLoud: random() < 0.5,
  }))
  const score = sumOf(...fights.map(({ slot, height }) => bump(slot, height)))
  const voice = sumOf(...fights.filter(({ isLoud }) => isLoud).map(({ slot }) => bump(slot, 4, 16)))
  const duration = ticksFromSeconds(minutes * 60)
  const input = {
    scores: { values: Array.from({ length: minutes * 120 }, (_, i) => 0.05 + score(i)) },
    signals: makeSignals(minutes * 120, [
      { id: 'audio.rms', track: 0, z: (i) => 4 * score(i) },
      { id: 'audio.rms', track: 1, z: voice },
      { id: 'audio.speech', track: 1, z: voice, values: (i) => Math.min(1, voice(i)) },
    ]),
    roles: ['game', 'mic'] as const,
    duration,
    cuts: [],
    top: moments,
  }
  return {
    find: (learned) => selectSegments({ ...input, learned }),
    isLoud: ({ peak }) =>
      fights.some(({ slot, isLoud }) => isLoud && Math.abs(ticksFromSeconds(slot / 2) - peak) < ticksFromSeconds(5)),
  }
}

/** How often a moment with a shout stands above one without. */
function rankingOf(segments: readonly Segment[], isLoud: (segment: Segment) => boolean): number {
  const loud = segments.map(isLoud)
  let [pairs, wins] = [0, 0]
  for (const [i, above] of loud.entries()) {
    for (const below of loud.slice(i + 1)) {
      if (above === below) continue
      pairs++
      if (above) wins++
    }
  }
  return wins / pairs
}

/** Analyses a recording and decides about its clips as `keeps` says. */
function stream(library: Library, seed: number, keeps: (segment: Segment, isLoud: boolean) => boolean): void {
  const fingerprint = fakeFingerprint(`stream ${seed}`)
  const recording = record(seed)
  library.recordings.save({ fingerprint, path: `/v/${seed}.mkv`, size: 1, mtimeMs: 1 }, 1)
  const found = recording.find(connectLearning(library, model).taste())
  library.segments.replace(fingerprint, model, found, 1)
  library.learning.refile(fingerprint, model, found)
  const clips = library.clips.saveFound(
    fingerprint,
    found.map((segment) => clipOfSegment(fingerprint, segment, null)),
    1,
  )
  for (const [i, clip] of clips.entries()) {
    library.clips.update(clip.id, { state: keeps(found[i]!, recording.isLoud(found[i]!)) ? 'kept' : 'rejected' }, 2)
  }
}

describe('a streamer who keeps only what made them shout', () => {
  it('gets such moments first in recordings that were never seen; reset gives back the same bytes', () => {
    const library = openLibrary(join(root, 'shouts'))
    const learning = connectLearning(library, model)
    const unseen = Array.from({ length: 10 }, (_, i) => record(1000 + i))
    const before = unseen.map(({ find }) => find(learning.taste()))
    const plain = JSON.stringify(before)
    expect(learning.report().ranking.state).toBe('too-few')

    for (let seed = 0; seed < 8; seed++) stream(library, seed, (_, isLoud) => isLoud)
    const report = learning.report()
    expect(learningReportSchema.parse(report)).toEqual(report)
    expect(report.ranking.state, report.why).toBe('used')
    expect(report.parameters[0]?.name).toBe('Your voice')
    const taste = learning.taste()
    const after = unseen.map(({ find }) => find(taste))
    const mean = (all: readonly (readonly Segment[])[]): number =>
      all.reduce((sum, segments, i) => sum + rankingOf(segments, unseen[i]!.isLoud), 0) / all.length
    expect(mean(before)).toBeLessThan(0.65)
    expect(mean(after)).toBeGreaterThan(0.85)
    const [best] = after[0]!
    expect(best!.reasons.map(({ text }) => text)).toContain('You tend to keep moments like this (loud voice)')

    // Learned once: another process, and another look, take what is kept.
    const again = openLibrary(join(root, 'shouts'))
    expect(connectLearning(again, model).taste()).toEqual(taste)
    again.close()

    library.settings.change({ learning: false })
    expect(JSON.stringify(unseen.map(({ find }) => find(learning.taste())))).toBe(plain)
    library.settings.change({ learning: true })
    expect(learning.taste()).toEqual(taste)

    expect(learning.reset().ranking).toEqual({ state: 'too-few', calibration: null, heldBack: null })
    expect(JSON.stringify(unseen.map(({ find }) => find(learning.taste())))).toBe(plain)
    library.close()
  })

  it('who throws dice changes nothing', () => {
    const library = openLibrary(join(root, 'dice'))
    const random = seededRandom(5)
    for (let seed = 0; seed < 8; seed++) stream(library, seed, () => random() < 0.5)
    const learning = connectLearning(library, model)
    expect(learning.report().ranking.state, learning.report().why).toBe('no-better')
    expect(learning.taste()).toBeNull()
    library.close()
  })

  it('who changes their mind is believed', () => {
    const library = openLibrary(join(root, 'minds'))
    for (let seed = 0; seed < 8; seed++) stream(library, seed, (_, isLoud) => isLoud)
    const learning = connectLearning(library, model)
    expect(learning.taste()?.calibration?.weights.voice).toBeGreaterThan(0)
    for (const clip of library.clips.list({ limit: 500 }).items) {
      library.clips.update(clip.id, { state: clip.state === 'kept' ? 'rejected' : 'kept' }, 3)
    }
    expect(learning.taste()?.calibration?.weights.voice).toBeLessThan(0)
    for (const clip of library.clips.list({ limit: 500 }).items)
      library.clips.update(clip.id, { state: 'candidate' }, 4)
    expect(learning.taste()).toBeNull()
    expect(library.learning.total()).toBe(0)
    library.close()
  })
})

describe('the command line', () => {
  it('decides, shows, switches off and on, and forgets', async () => {
    const seconds = 40
    const file = await makeMedia(
      root,
      {
        container: 'mkv',
        seconds,
        video: { gop: 30, fps: '10' },
        audio: [
          {
            title: 'Game',
            source: `aevalsrc='(0.02+0.7*between(t,20,22))*sin(2*PI*(220+900*between(t,20,22))*t)':s=48000:d=${seconds}`,
          },
        ],
      },
      'bang.mkv',
    )
    const data = ['--data-dir', join(root, 'data'), '--json']
    const run = async (...args: string[]) => {
      const result = await runCli([...data, ...args])
      expect(result.code, result.stderr).toBe(0)
      return JSON.parse(result.stdout) as Record<string, unknown>
    }
    const shown = async (...args: string[]) => learningReportSchema.parse((await run('learning', ...args))['learning'])
    const analyse = async () => {
      const { segments } = analysisDocumentSchema.parse(await run('analyze', file, '--device', 'cpu', '--top', '1'))
      return JSON.stringify(segments)
    }
    const before = await analyse()
    expect(before).not.toContain('evidence')
    expect(before).not.toContain('baseScore')

    expect(await run('library', 'discard', '1')).toMatchObject({ clips: [{ id: 1, state: 'rejected' }] })
    expect(await shown('show')).toMatchObject({
      enabled: true,
      counts: { kept: 0, discarded: 1, recordings: 1 },
      ranking: { state: 'too-few' },
    })
    const off = await shown('off')
    expect(off.enabled).toBe(false)
    expect(off.why).toContain('Learning is off')
    await run('library', 'keep', '1')
    expect(await shown('on')).toMatchObject({ enabled: true, counts: { kept: 0, discarded: 1 } })
    expect(await analyse()).toBe(before)
    expect(await shown('reset')).toMatchObject({ counts: { kept: 0, discarded: 0 } })
    const wrong = await runCli([...data, 'library', 'keep', '1', '99'])
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('There is no clip 99')
  })
})
