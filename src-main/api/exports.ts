import { implementer } from './implementer.ts'

const area = implementer.exports

export const exportHandlers = {
  render: area.render.handler(({ input, context, signal }) => context.exports.render(input, signal)),
  montage: area.montage.handler(({ input, context, signal }) => context.exports.montage(input, signal)),
  list: area.list.handler(({ input, context, signal }) => context.exports.list(input, signal)),
  reveal: area.reveal.handler(({ input, context, signal }) => context.exports.reveal(input, signal)),
  copy: area.copy.handler(({ input, context, signal }) => context.exports.copy(input, signal)),
  trash: area.trash.handler(({ input, context, signal }) => context.exports.trash(input, signal)),
  handOff: area.handOff.handler(({ input, context, signal }) => context.exports.handOff(input, signal)),
}
