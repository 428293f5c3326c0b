import { implementer } from './implementer.ts'

const { exports } = implementer

export const exportHandlers = {
  render: exports.render.handler(({ input, context, signal }) => context.exports.render(input, signal)),
  list: exports.list.handler(({ input, context, signal }) => context.exports.list(input, signal)),
  reveal: exports.reveal.handler(({ input, context, signal }) => context.exports.reveal(input, signal)),
  trash: exports.trash.handler(({ input, context, signal }) => context.exports.trash(input, signal)),
  handOff: exports.handOff.handler(({ input, context, signal }) => context.exports.handOff(input, signal)),
}
