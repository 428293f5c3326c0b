import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import * as files from '../../src-main/adapters/files/publish-file.ts'
import { uneditedClip } from '../../src-shared/domain/edits/edited-clip.ts'
import type { RecordedRender, RenderDeps } from '../../src-main/stages/render/deps.ts'

export interface FakeRenderDeps extends RenderDeps {
  cuts: number
  recorded: Map<string, number>
  saved: Map<string, { clipId: number; render: RecordedRender }>
}

/** Rendering over the real file system, with a cut that writes a few bytes. */
export function fakeRenderDeps(): FakeRenderDeps {
  const recorded = new Map<string, number>()
  const saved: FakeRenderDeps['saved'] = new Map()
  const deps: FakeRenderDeps = {
    cuts: 0,
    recorded,
    saved,
    edits: uneditedClip,
    look: async () => ({ overlay: null, subtitles: [] }),
    layout: async () => ({ layout: { kind: 'blur' }, note: null }),
    mix: async () => ({ mix: null, notes: [] }),
    media: {
      filters: async () => new Set(['ass', 'zscale', 'tonemap']),
      damage: async () => null,
      keyframeBefore: async (_source, time) => time,
      cutIndex: async () => null,
      edgeCodecs: async () => new Set(['h264', 'hevc']),
      verify: async () => [],
      atOnce: 2,
      cut: async (_source, plan, { output }, { onProgress }) => {
        deps.cuts += 1
        onProgress(0.5)
        await writeFile(output, `clip ${plan.hash}`)
        return { kind: 'made', made: { ...plan.span, notes: [], copied: null } }
      },
    },
    files: {
      prepareFolder: files.prepareFolder,
      stat: files.statFile,
      statRecording: files.statFile,
      nameIsTaken: files.nameIsTaken,
      sync: files.syncFile,
      publish: files.publishFile,
      remove: files.removeFile,
      writeSynced: files.writeSynced,
    },
    tempFiles: { record: (path, job) => void recorded.set(path, job), remove: (path) => void recorded.delete(path) },
    renders: {
      list: (clipId) => [...saved.values()].filter((row) => row.clipId === clipId).map(({ render }) => render),
      save: (clipId, render) => void saved.set(render.path, { clipId, render }),
      forget: (path) => void saved.delete(path),
    },
    sidecar: { path: (path) => `${path}.clutchcut.json`, text: (_source, clip) => JSON.stringify({ clip: clip.id }) },
    randomName: () => randomBytes(4).toString('hex'),
  }
  return deps
}
