import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { platformIds, type PlatformLimits } from '../../src-shared/contract/preset.ts'
import { platforms, presets } from '../../src-shared/domain/preset.ts'
import { checkLimits } from '../../src-shared/domain/preset-limits.ts'
import { formatClock, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions } from './program.ts'
import { formatTable } from './table.ts'
import { withEngine } from './with-engine.ts'

/** Lists the presets and what the platforms take; of a clip in the library, also what each would not take of it. */
export async function listPresets(clip: number | undefined, options: CommonOptions): Promise<void> {
  const shapes = Object.values(presets)
  const limits = Object.values(platforms)
  if (clip !== undefined) return checkClip(clip, options)
  if (options.json) return printJson({ version: 1, presets: shapes, platforms: limits })
  printText(
    formatTable(
      ['Preset', 'Frame', 'Frames a second'],
      shapes.map(({ id, frame, mostFps }) => [
        id,
        frame === null ? 'as recorded' : `${frame.width}×${frame.height}`,
        mostFps === null ? 'as recorded' : `up to ${mostFps}`,
      ]),
    ),
  )
  const header = ['Platform', 'Length', 'Size', 'Video', 'Frames a second', 'Picture', 'Source']
  printText(`\n${formatTable(header, limits.map(limitsRow))}`)
}

function limitsRow({ name, seconds, mostBytes, videoCodecs, fps, side, ...limits }: PlatformLimits): string[] {
  const picture = [
    limits.uprightOnly ? 'vertical or square' : null,
    side.least === null ? null : `${side.least} to ${side.most ?? 'any'} a side`,
    limits.mostWidth === null ? null : `up to ${limits.mostWidth} wide`,
    limits.mostBitRate === null ? null : `${limits.mostBitRate / 1e6} Mbit/s`,
  ].filter((part) => part !== null)
  return [
    name,
    [
      seconds.least === null ? '' : `from ${seconds.least} s`,
      seconds.most === null ? '' : `to ${formatClock(ticksFromSeconds(seconds.most))}`,
    ]
      .join(' ')
      .trim() || 'any',
    mostBytes === null ? 'any' : mostBytes < 1e9 ? `${mostBytes / 1e6} MB` : `${mostBytes / 1e9} GB`,
    videoCodecs?.join(', ') ?? 'any',
    fps === null ? 'any' : `${fps.least} to ${fps.most}`,
    picture.join(', ') || 'any',
    limits.source,
  ]
}

async function checkClip(id: number, options: CommonOptions): Promise<void> {
  await withEngine(options, ({ library }) => {
    const clip = library.clips.get(id)
    const media = clip && library.recordings.byFingerprint(clip.recording)?.media
    if (!clip || !media) {
      throw new ClutchcutError('library/not-found', `There is no clip ${id}. "library show" has their numbers.`)
    }
    const answers = Object.values(presets).flatMap((preset) =>
      platformIds.map((platform) => ({
        preset: preset.id,
        platform,
        problems: checkLimits(preset, platforms[platform], { ...clip, cut: 'smart' }, media),
      })),
    )
    if (options.json) return printJson({ version: 1, clip: id, answers })
    const rows = answers.map(({ preset, platform, problems }) => [
      preset,
      platforms[platform].name,
      problems.length === 0 ? 'fits' : problems.join(' '),
    ])
    printText(formatTable(['Preset', 'Platform', `Clip ${id}`], rows))
  })
}
