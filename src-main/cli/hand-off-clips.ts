import type { Clip } from '../../src-shared/contract/clip.ts'
import { findClip, type FoundClip } from '../engine/hand-off.ts'
import { findRecording } from './library.ts'
import type { Engine } from './with-engine.ts'

/** Clips by number, or all clips of recordings named by file. Numbers are clips, as everywhere in `export`. */
export function findClips(engine: Engine, wanted: readonly string[]): FoundClip[] {
  return wanted.flatMap((one) =>
    /^\d+$/.test(one) ? [findClip(engine.library, Number(one))] : clipsOfFile(engine, one),
  )
}

function clipsOfFile(engine: Engine, file: string): FoundClip[] {
  const recording = findRecording(engine, file)
  const clips: Clip[] = []
  for (let total = 1; clips.length < total;) {
    const page = engine.api.clips.list({ recordingId: recording.id, order: 'time', limit: 500, offset: clips.length })
    if (page.items.length === 0) break
    clips.push(...page.items)
    total = page.total
  }
  return clips.filter((clip) => clip.state !== 'rejected').map((clip) => ({ clip, recording }))
}
