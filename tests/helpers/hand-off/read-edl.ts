import type { ReadBack, ReadClip } from './read-back.ts'

/**
 * `rate` is what an editor is told when it imports a list: the file does not say. Counts drop-frame by walking the
 * minutes, unlike the writer. `origin` is the timecode of the sources' first frame.
 */
export function readEdl(file: string, rate: { nominal: number; ntsc: boolean }, origin = 0): ReadBack {
  const lines = file.split('\n')
  const dropFrame = lines[1] === 'FCM: DROP FRAME'
  const frames = (code: string): number => framesOf(code, rate.nominal, dropFrame)
  const hour = frames(dropFrame ? '01:00:00;00' : '01:00:00:00')
  // Timecode begins anew at midnight.
  const day = frames(dropFrame ? '24:00:00;00' : '24:00:00:00')
  const later = (frame: number, than: number): number => (frame - than + day) % day
  const clips: ReadClip[] = []
  for (const line of lines.slice(2)) {
    const event = /^(\d{3}) {2}([A-Z0-9]{1,8}) +(V|AA|AA\/V) +C {8}(\S{11}) (\S{11}) (\S{11}) (\S{11})$/.exec(line)
    const clip = clips.at(-1)
    if (event !== null) {
      const [from = 0, to = 0, start = 0, end = 0] = event.slice(4).map(frames)
      if (Number(event[1]) !== clips.length + 1) throw new Error(`event ${event[1]} out of turn`)
      const [first, last] = [later(from, origin), later(to, origin)]
      clips.push({
        name: '',
        file: '',
        in: first,
        out: last,
        start: start - hour,
        end: end - hour,
        markers: [],
      })
    } else if (clip !== undefined && line.startsWith('M2   ')) readMotion(line, clip, rate)
    else if (line !== '' && (clip === undefined || !line.startsWith('* '))) throw new Error(`stray line: ${line}`)
    else if (clip !== undefined) readComment(line, clip, (code) => frames(code) - hour)
  }
  for (const { in: first, out, start, end, speed } of clips) {
    if (speed === undefined && out - first !== end - start) throw new Error('lengths differ')
  }
  return { title: (lines[0] ?? '').replace('TITLE: ', ''), rate, dropFrame, clips }
}

/** A motion effect says how many frames pass in a second. */
function readMotion(line: string, clip: ReadClip, { nominal, ntsc }: { nominal: number; ntsc: boolean }): void {
  const motion = /^M2 {3}[A-Z0-9]{1,8} +(\d{3}\.\d) {16}\d\d:\d\d:\d\d[:;]\d\d$/.exec(line)
  if (motion === null) throw new Error(`no motion effect: ${line}`)
  clip.speed = Number(motion[1]) / (ntsc ? (nominal * 1000) / 1001 : nominal)
}

function readComment(line: string, clip: ReadClip, frames: (code: string) => number): void {
  const marker = /^\* LOC: (\S{11}) RED {5}(.*)$/.exec(line)
  if (marker !== null) clip.markers.push({ at: frames(marker[1] ?? ''), name: marker[2] ?? '' })
  if (line.startsWith('* FROM CLIP NAME: ')) clip.file = line.slice('* FROM CLIP NAME: '.length)
  const named = /^\* COMMENT: (.*) \(score [\d.]+\)$/.exec(line)
  if (named !== null && clip.name === '') clip.name = named[1] ?? ''
}

function framesOf(code: string, nominal: number, dropFrame: boolean): number {
  const separator = dropFrame ? ';' : ':'
  const match = new RegExp(`^(\\d\\d):(\\d\\d):(\\d\\d)${separator}(\\d\\d)$`).exec(code)
  if (match === null) throw new Error(`not a timecode of this list: ${code}`)
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = match.slice(1).map(Number)
  let counted = 0
  for (let minute = 0; minute < hours * 60 + minutes; minute++) {
    counted += nominal * 60 - (dropFrame && minute % 10 !== 0 ? nominal / 15 : 0)
  }
  // The numbers that a minute leaves out are its first ones.
  const dropped = dropFrame && minutes % 10 !== 0 ? nominal / 15 : 0
  if (seconds === 0 && frames < dropped) throw new Error(`${code} does not exist`)
  return counted + seconds * nominal + frames - dropped
}
