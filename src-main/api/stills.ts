import { implementer } from './implementer.ts'

const { stills } = implementer

export const stillHandlers = {
  thumbnail: stills.thumbnail.handler(({ input, context, signal }) => context.stills.thumbnail(input, signal)),
  filmstrip: stills.filmstrip.handler(({ input, context, signal }) => context.stills.filmstrip(input, signal)),
  waveform: stills.waveform.handler(({ input, context, signal }) => context.stills.waveform(input, signal)),
}
