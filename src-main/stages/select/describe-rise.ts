import { describeChat } from './describe-chat.ts'

export interface Rise {
  /** Signal id, such as `audio.onset`. */
  readonly id: string
  readonly isMic: boolean
  /** Of `value` and `usual`: `dB` is compared by difference, everything else by factor or in percent. */
  readonly unit: string
  /** At the strongest half second of the moment. */
  readonly value: number
  /** Median of what surrounds it. */
  readonly usual: number
  /** Length of what surrounds it. */
  readonly contextMinutes: number
}

/** What a rise of each signal is to somebody who does not know signals. */
const game: Readonly<Record<string, string>> = {
  'audio.rms': 'Loud moment',
  'audio.onset': 'Sudden loud burst',
  'audio.centroid': 'Sharper sound',
  'audio.speech': 'Speech',
  'audio.highFrequency': 'Bright, hissing sound',
  'audio.crest': 'Hard, punchy sounds',
  'picture.luma': 'Bright flash',
  'picture.variance': 'Strong contrast in the picture',
  'picture.histogram': 'Sudden change of the picture',
  'picture.blocks': 'Fast motion',
  'picture.saturation': 'Vivid colours',
  'picture.red': 'Red flash on the screen',
  'picture.cut': 'Scene change',
  'packet.rate': 'Dense action on the screen',
}
const voice: Readonly<Record<string, string>> = {
  'audio.rms': 'Loud reaction on the microphone',
  'audio.onset': 'Sudden shout on the microphone',
  'audio.centroid': 'Excited, sharper voice',
  'audio.speech': 'Excited speech',
  'audio.highFrequency': 'Excited, sharper voice',
  'audio.crest': 'Abrupt sounds on the microphone',
}

/** Shares that mean something by themselves. */
const inPercent = ['audio.speech', 'picture.luma', 'picture.saturation', 'picture.red']

/** "Sudden loud burst, 14 dB over the 6 minutes around it": what, how strong, compared with what. */
export function describeRise(rise: Rise): string {
  const chat = describeChat(rise, context(rise.contextMinutes))
  if (chat !== null) return chat
  const what = (rise.isMic ? voice[rise.id] : undefined) ?? game[rise.id] ?? `Rise of ${rise.id}`
  return `${what}, ${strength(rise)} ${context(rise.contextMinutes)}`
}

function strength({ id, unit, value, usual }: Rise): string {
  if (!Number.isFinite(value) || !Number.isFinite(usual)) return 'more than in'
  if (unit === 'dB') {
    const difference = value - usual
    return difference >= 0.5 ? `${Math.round(difference)} dB over` : 'a little over'
  }
  // There is one or there is none.
  if (id === 'picture.cut') return 'unlike most of'
  if (inPercent.includes(id)) {
    const [here, there] = [Math.round(value * 100), Math.round(usual * 100)]
    return here > there ? `${here} % against ${there} % in` : 'a little more than in'
  }
  const factor = value / usual
  if (!Number.isFinite(factor) || factor <= 0) return 'unlike'
  if (factor >= 100) return 'over 100 times that of'
  return factor >= 1.05 ? `${factor >= 10 ? Math.round(factor) : factor.toFixed(1)} times that of` : 'a little over'
}

function context(minutes: number): string {
  if (minutes >= 1.5) return `the ${Math.round(minutes)} minutes around it`
  return minutes >= 0.75 ? 'the minute around it' : `the ${Math.max(1, Math.round(minutes * 60))} seconds around it`
}
