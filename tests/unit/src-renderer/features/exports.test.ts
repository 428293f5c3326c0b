import { describe, expect, it } from 'vitest'
import { choiceOf, type ExportChoice } from '../../../../src-renderer/features/exports/choice.ts'
import { requestOf } from '../../../../src-renderer/features/exports/request-of.ts'
import { styleLooks } from '../../../../src-renderer/captions/style-looks.ts'
import { styleTable } from '../../../../src-main/stages/captions/styles.ts'
import { renderRequestSchema } from '../../../../src-shared/contract/exports.ts'
import { defaultSettings } from '../../../../src-shared/contract/settings.ts'

const choice: ExportChoice = choiceOf(defaultSettings)

describe('what is asked of the engine', () => {
  it('says nothing of what is as it would be anyway', () => {
    expect(requestOf([3], choice)).toEqual({
      clipIds: [3],
      options: { renderKinds: ['landscape'], cut: null, platform: null },
    })
  })

  it('says everything that was chosen, as the contract takes it', () => {
    const request = requestOf([3, 4], {
      ...choice,
      kinds: ['landscape', 'vertical'],
      layout: 'stacked',
      platform: 'tiktok',
      cut: 'smart',
      captions: 'file',
      captionFile: '/subs/a.srt',
      captionStyle: 'big',
      folder: '/out',
      muteMic: true,
      duckMusic: false,
    })
    expect(request.options).toEqual({
      renderKinds: ['landscape', 'vertical'],
      layout: 'stacked',
      platform: 'tiktok',
      cut: 'smart',
      captions: { path: '/subs/a.srt', style: 'big', subtitles: [] },
      outputFolder: '/out',
      sound: { normalise: true, duckMusic: false, muted: ['mic'] },
    })
    expect(renderRequestSchema.safeParse(request).success).toBe(true)
  })

  it('leaves the layout to what is upright, and the file to captions of one', () => {
    const { options } = requestOf([3], { ...choice, layout: 'fill', captions: 'library', captionFile: '/subs/a.srt' })
    expect(options).not.toHaveProperty('layout')
    expect(options?.captions).toMatchObject({ path: null })
  })
})

describe('samples of the styles', () => {
  it('look like what is rendered', () => {
    for (const [name, look] of Object.entries(styleLooks)) {
      const style = styleTable[name as keyof typeof styleTable]
      expect({
        font: look.font,
        upperCase: look.upperCase,
        spoken: look.spoken,
        box: look.box,
        scale: look.scale,
      }).toEqual({
        font: style.font === 'display' ? 'Caption Display' : 'Caption Text',
        upperCase: style.upperCase,
        spoken: style.spoken === null ? null : `#${style.spoken}`,
        box: style.box,
        scale: Math.round((style.size.landscape / styleTable.clean.size.landscape) * 100) / 100,
      })
    }
  })
})
