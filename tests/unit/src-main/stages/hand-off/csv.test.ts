import { describe, expect, it } from 'vitest'
import { formatCsv } from '../../../../../src-main/stages/hand-off/csv.ts'
import { placeOnTimeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { makeClip, makeHandOff, makeSource } from '../../../../helpers/hand-off/make-hand-off.ts'

describe('CSV', () => {
  it('quotes as RFC 4180 says and disarms formulas', () => {
    const source = makeSource({ path: 'a,b.mkv' })
    const clips = [makeClip({ source, title: '=cmd|"x"', tags: ['ace', 'clutch'] })]
    expect(formatCsv(placeOnTimeline(makeHandOff({ clips }))).split('\r\n')).toEqual([
      'file,title,start,end,peak,score,reasons,tags,fps,startFrame,endFrame,startTimecode,endTimecode,speed',
      '"a,b.mkv","\'=cmd|""x""",10.000,25.500,20.000,0.913,Sudden loud burst,ace; clutch,60,600,1530,00:00:10:00,00:00:25:30,1',
      '',
    ])
  })

  it('counts frames and timecodes at the exact rate', () => {
    const video = { fps: { num: 60_000, den: 1001 }, variableFrameRate: false, width: 1280, height: 720 }
    const clips = [makeClip({ source: makeSource({ video, timecode: '00:00:50;00' }) })]
    expect(formatCsv(placeOnTimeline(makeHandOff({ clips })))).toContain(
      ',60000/1001,599,1528,00:00:59;59,00:01:15;32,1\r\n',
    )
  })
})
