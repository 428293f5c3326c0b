/** When a recording began, as far as anything says. Seconds since 1970. */
export interface RecordingStart {
  /** What the container says. */
  readonly absolute: number | null
  /** What the file's name says: a clock on the wall, as if it were UTC. */
  readonly wall: number | null
  /** Seconds east of UTC of this machine's zone at a time. */
  readonly zone: (absolute: number) => number
}

/** The start by a true clock, from either. */
export function absoluteStart({ absolute, wall, zone }: RecordingStart): number | null {
  return absolute ?? (wall === null ? null : wall - zone(wall))
}

/** The start by the clock on the wall, from either. */
export function wallStart({ absolute, wall, zone }: RecordingStart): number | null {
  return wall ?? (absolute === null ? null : absolute + zone(absolute))
}
