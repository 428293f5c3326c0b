import type { CaptionPlatform, CaptionStyleName, CaptionWord, Transcript } from '../../src-shared/contract/captions.ts'
import type { PlatformId } from '../../src-shared/contract/preset.ts'
import type { CaptionsWish } from '../../src-shared/contract/render-options.ts'
import type { Settings } from '../../src-shared/contract/settings.ts'
import { wordsOfLines, type SpokenLine } from '../../src-shared/domain/captions-lines.ts'
import type { Ticks } from '../../src-shared/domain/time.ts'
import { readCaptions } from '../adapters/captions/read-captions.ts'
import { makeAss, makeSubtitles } from '../stages/captions/make-captions.ts'
import type { ClipShape, RenderDeps } from '../stages/render/deps.ts'

const captionPlatforms: Readonly<Record<PlatformId, CaptionPlatform>> = {
  youtube: 'youtube',
  'youtube-shorts': 'shorts',
  tiktok: 'tiktok',
  'instagram-reels': 'reels',
}

export interface ConnectLookOptions {
  readonly captions: CaptionsWish | null
  readonly settings: Pick<Settings, 'captionStyle' | 'maskWords' | 'maskedWords'>
  /** What the library knows to be said in the recording. */
  readonly imported: () => readonly SpokenLine[]
  /** How much later than a file of captions says the recording begins on the clips' timeline; default not at all. */
  readonly later?: Ticks
}

/** Captions and texts of clips. The caption file is read once, whatever the number of clips. */
export function connectLook({ captions, settings, imported, later = 0 }: ConnectLookOptions): RenderDeps['look'] {
  let read: Promise<Pick<Transcript, 'words'>> | undefined
  const wordsOf = async (signal: AbortSignal): Promise<readonly CaptionWord[]> => {
    if (captions === null) return []
    const { path } = captions
    const { words } = await (read ??=
      path === null ? Promise.resolve({ words: wordsOfLines(imported()) }) : readCaptions(path, { signal }))
    if (path === null || later === 0) return words
    return words.map((word) => ({ ...word, start: word.start + later, end: word.end + later }))
  }
  const style: CaptionStyleName = captions?.style ?? settings.captionStyle
  return async (_source, _clip, { texts, ...shape }, { signal }) => {
    const words = await wordsOf(signal)
    const masked = settings.maskWords ? { masked: settings.maskedWords } : {}
    const spoken = { words, parts: shape.parts, ...masked }
    const look = { style, frame: shape.frame, platform: safeAreaOf(shape) }
    const drawn = makeAss({ ...spoken, words: captions?.burnIn ? words : [], texts }, look)
    const said = captions?.burnIn && makeSubtitles(spoken) !== null
    const what = [...(said ? ['captions'] : []), ...(texts.length > 0 ? ['texts'] : [])].join(' and ')
    return {
      overlay: drawn === null ? null : { text: drawn, what },
      subtitles: (captions?.subtitles ?? []).flatMap((ending) => {
        const text = ending === 'ass' ? makeAss(spoken, look) : (makeSubtitles(spoken)?.[ending] ?? null)
        return text === null ? [] : [{ ending, text }]
      }),
    }
  }
}

/** An upright clip for nobody in particular is shown by one of the apps, whose buttons lie at about the same places. */
function safeAreaOf({ platform, frame }: Pick<ClipShape, 'platform' | 'frame'>): CaptionPlatform {
  if (platform !== null) return captionPlatforms[platform]
  return frame.height > frame.width ? 'shorts' : 'none'
}
