/** What a rise of chat is to people; null for every other signal. `around`: "the 6 minutes around it". */
export function describeChat(
  { id, value, usual }: { readonly id: string; readonly value: number; readonly usual: number },
  around: string,
): string | null {
  switch (id) {
    case 'chat.rate':
      return `Chat spike: ${times(value, usual, 'messages', around)}`
    case 'chat.authors':
      return `Many chatters at once: ${times(value, usual, 'people', around)}`
    case 'chat.hype':
      return `Chat cheers and laughs, ${share(value, usual)} in ${around}`
    case 'chat.emotes':
      return `Chat full of emotes, ${share(value, usual)} in ${around}`
    case 'chat.caps':
      return `Chat in capitals, ${share(value, usual)} in ${around}`
    case 'chat.short':
      return `Chat in short bursts, ${share(value, usual)} in ${around}`
    default:
      return null
  }
}

/** "9 times as many messages as in the 6 minutes around it". */
function times(value: number, usual: number, what: string, around: string): string {
  const factor = value / usual
  if (!Number.isFinite(factor) || factor <= 0) return `${what} where there are hardly any in ${around}`
  if (factor >= 100) return `over 100 times as many ${what} as in ${around}`
  const much = factor >= 3 ? Math.round(factor) : Number(factor.toFixed(1))
  return much > 1 ? `${much} times as many ${what} as in ${around}` : `a few more ${what} than in ${around}`
}

function share(value: number, usual: number): string {
  const [here, there] = [Math.round(value * 100), Math.round(usual * 100)]
  return here > there ? `${here} % of its messages against ${there} %` : 'a little more than'
}
