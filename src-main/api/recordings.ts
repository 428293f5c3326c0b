import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { implementer } from './implementer.ts'

const { recordings } = implementer

export const recordingHandlers = {
  list: recordings.list.handler(({ input, context }) => context.recordings.list(input)),
  get: recordings.get.handler(({ input, context }) => {
    const recording = context.recordings.get(input.id) ?? missing(input.id)
    return { recording, segments: context.recordings.segments(input.id) }
  }),
  rename: recordings.rename.handler(({ input: { id, title, game }, context }) => {
    const change = { ...(title !== undefined && { title }), ...(game !== undefined && { game }) }
    return context.recordings.rename(id, change) ?? missing(id)
  }),
  playback: recordings.playback.handler(({ input, context, signal }) => context.media.playback(input, signal)),
  search: recordings.search.handler(({ input: { text, limit, offset }, context }) =>
    context.recordings.search(text, { limit, offset }),
  ),
  games: recordings.games.handler(({ context }) => context.recordings.games()),
  curves: recordings.curves.handler(({ input, context, signal }) => context.timeline.curves(input, signal)),
  markers: recordings.markers.handler(({ input, context, signal }) => context.timeline.markers(input, signal)),
  transcript: recordings.transcript.handler(({ input, context, signal }) => context.timeline.transcript(input, signal)),
  importCaptions: recordings.importCaptions.handler(({ input, context, signal }) =>
    context.timeline.importCaptions(input, signal),
  ),
  forgetCaptions: recordings.forgetCaptions.handler(({ input, context, signal }) =>
    context.timeline.forgetCaptions(input, signal),
  ),
  remove: recordings.remove.handler(({ input, context, signal }) => context.recordingFiles.remove(input, signal)),
  trash: recordings.trash.handler(({ input, context, signal }) => context.recordingFiles.trash(input, signal)),
  relink: recordings.relink.handler(({ input, context, signal }) => context.recordingFiles.relink(input, signal)),
  reveal: recordings.reveal.handler(({ input, context, signal }) => context.recordingFiles.reveal(input, signal)),
}

function missing(id: number): never {
  throw new ClutchcutError('library/not-found', `There is no recording ${id} in the library.`, { data: { id } })
}
