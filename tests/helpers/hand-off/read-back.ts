/** What a file says, in the frames that it counts: readers that share nothing with the writers. */
export interface ReadBack {
  title: string
  /** Of the timeline: frames in a timecode second, and whether 0.1 % slower. */
  rate: { nominal: number; ntsc: boolean }
  dropFrame: boolean
  clips: ReadClip[]
}

export interface ReadClip {
  name: string
  /** The file's address, or only its name where the format has no more. */
  file: string
  in: number
  out: number
  start: number
  end: number
  /** Absent: as it is. */
  speed?: number
  /** On the timeline. */
  markers: { at: number; name: string; note?: string }[]
  /** In the source. */
  captions?: { from: number; to: number; text: string }[]
  reframe?: { at: number; position: [number, number]; scale: number }[]
}
