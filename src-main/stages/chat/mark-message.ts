import type { ChatMessage } from '../../../src-shared/domain/chat.ts'

/** What a message shows, as bits. */
export const marks = { hype: 1, emote: 2, caps: 4, short: 8 } as const

/** Bots that answer by themselves: what they write says nothing about the moment. */
const bots: ReadonlySet<string> = new Set([
  ...['nightbot', 'streamelements', 'streamlabs', 'moobot', 'fossabot', 'wizebot', 'botisimo', 'deepbot'],
  ...['stay_hydrated_bot', 'soundalerts', 'sery_bot', 'pokemoncommunitygame', 'own3d', 'kofistreambot'],
])

/**
 * Words that chats cry out, as whole words in lower case. English, German, French, Spanish, Portuguese, Italian,
 * Polish, Turkish and Russian; laughs and cheers that are lengthened at will are patterns below.
 */
const hypeWords: ReadonlySet<string> = new Set([
  ...['wow', 'omg', 'omfg', 'wtf', 'holy', 'insane', 'nuts', 'crazy', 'clutch', 'sick', 'goat', 'goated', 'cracked'],
  ...['ace', 'clip', 'sheesh', 'nice', 'letsgo', 'lfg', 'rip', 'hype', 'wp', 'ggwp', 'unreal', 'noway', 'poggers'],
  ...['krass', 'alter', 'geil', 'digga', 'wahnsinn', 'stark', 'heftig', 'irre', 'bravo', 'incroyable', 'dingue'],
  ...['ouf', 'chaud', 'mdr', 'ptdr', 'increible', 'increíble', 'vamos', 'brutal', 'locura', 'golazo', 'incrivel'],
  ...['incrível', 'caralho', 'mano', 'brabo', 'monstro', 'pazzesco', 'grande', 'incredibile', 'dajesz', 'kurwa'],
  ...['piekne', 'piękne', 'helal', 'vay', 'efsane', 'жесть', 'ахуеть', 'красава', 'имба', 'ору', 'топ'],
])
const hypePatterns: readonly RegExp[] = [
  // gg, gooo, www, lol, lool, lmaooo, yooo, nooo, woooow, pogggg, ooooh, yesss
  /^(?:g{2,}|go{2,}l*|w+|l+o+l+|lm+f?a+o+|lu+l+w?|y+o{2,}|no{3,}|w+o{2,}w*|po+g+(?:gers)?|o{2,}h*|a{3,}h*|ye+s{2,}|ez+)$/,
  // haha, jaja, hihi, hehe, kkkk, rsrs, xd, хаха, ㅋㅋ, wwww, 8888, 6666
  /^(?:(?:ha){2,}h?|(?:ah){2,}a?|(?:ja){2,}j?|(?:he){2,}|(?:hi){2,}|k{3,}|(?:rs){2,}|x+d+|(?:ха){2,}|8{3,}|6{3,})$/,
]
/** Written without spaces: Japanese, Korean, Chinese. */
const hypeAnywhere =
  /草|すご|やば|ナイス|うま[いっ]|神回?|ㅋ{2,}|ㄷㄷ|대박|미쳤|와{2,}|ㅗㅜㅑ|牛逼|卧槽|太强|厉害|哈哈|ｗ{2,}/u
const stretchedCry = /!{2,}|\?{3,}/

/** Emotes by name, because logs do not mark them: Twitch's own, and the commonest of BTTV, FFZ and 7TV. */
const emoteNames: ReadonlySet<string> = new Set([
  ...[
    'Kappa',
    'KappaPride',
    'Keepo',
    'PogChamp',
    'Pog',
    'PogU',
    'POGGERS',
    'Poggers',
    'POGGIES',
    'PogBones',
    'POGSLIDE',
  ],
  ...['LUL', 'LULW', 'OMEGALUL', 'KEKW', 'KEKL', 'ICANT', 'Jebaited', 'BibleThump', 'FeelsBadMan', 'FeelsGoodMan'],
  ...['FeelsStrongMan', 'PepeHands', 'Sadge', 'monkaS', 'monkaW', 'WutFace', 'NotLikeThis', 'SMOrc', 'SwiftRage'],
  ...['Kreygasm', 'HeyGuys', 'DansGame', 'BabyRage', '4Head', '5Head', '3Head', 'EZ', 'Clap', 'EZClap', 'HYPERS'],
  ...['HYPERCLAP', 'PepeLaugh', 'pepeD', 'catJAM', 'peepoClap', 'WICKED', 'GIGACHAD', 'Aware', 'Copium', 'COPIUM'],
  ...['Clueless', 'Pepega', 'AYAYA', 'TriHard', 'PJSalt', 'GG', 'CurseLit', 'LETSGO', 'LETSGOO', 'Sheesh', 'BOOBA'],
])
const emoji = /\p{Extended_Pictographic}/u

const mostWords = 40

/**
 * The marks of a message; null for one that is no sign of excitement whatever it says: commands (`!uptime`) and what
 * known bots write.
 */
export function markMessage({ author, text, emotes }: ChatMessage): number | null {
  if (text.startsWith('!') && /^!\w/.test(text)) return null
  if (bots.has(author.toLowerCase())) return null
  const words = text.split(/\s+/, mostWords).filter((word) => word !== '')
  let found = 0
  if (emotes > 0 || words.some((word) => emoteNames.has(word)) || emoji.test(text)) found |= marks.emote
  if (isHype(words, text)) found |= marks.hype
  if (isCaps(words, text)) found |= marks.caps
  if (words.length > 0 && words.length <= 2) found |= marks.short
  return found
}

function isHype(words: readonly string[], text: string): boolean {
  if (hypeAnywhere.test(text) || stretchedCry.test(text)) return true
  return words.some((word) => {
    const bare = word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
    return hypeWords.has(bare) || (bare.length <= 60 && hypePatterns.some((pattern) => pattern.test(bare)))
  })
}

/** At least four letters that have cases, four fifths of them capitals; names of emotes do not count. */
function isCaps(words: readonly string[], text: string): boolean {
  if (!/\p{Lu}/u.test(text)) return false
  const letters = words.filter((word) => !emoteNames.has(word)).join('')
  const capitals = letters.replaceAll(/\P{Lu}/gu, '').length
  const small = letters.replaceAll(/\P{Ll}/gu, '').length
  return capitals + small >= 4 && capitals >= 4 * small
}
