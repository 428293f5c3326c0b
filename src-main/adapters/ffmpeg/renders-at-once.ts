import type { VideoEncoder } from './encoder-args.ts'

/** More clips at a time than a person waits for in one go help nobody. */
const MOST_RENDERS = 5
/**
 * GeForce drivers give a whole system few sessions (three until 2023, NVIDIA's "Video Encode and Decode GPU Support
 * Matrix"), and OBS may hold one. Others have no such limit, but one engine that all sessions share.
 */
const HARDWARE_SESSIONS = 2
/** x264 spreads one encode over the cores by itself; more at a time only help where it cannot use them all. */
const CORES_PER_X264 = 8

/**
 * How many clips are made side by side: a smart cut is a chain of short processes that keep about two cores busy. Pure.
 */
export function rendersAtOnce(cores: number): number {
  return Math.max(1, Math.min(MOST_RENDERS, Math.ceil(cores / 2)))
}

/** How many of them may be encoded as a whole at the same time. Pure. */
export function encodesAtOnce(encoder: VideoEncoder | undefined, cores: number): number {
  return encoder === undefined || encoder === 'libx264'
    ? Math.max(1, Math.floor(cores / CORES_PER_X264))
    : HARDWARE_SESSIONS
}
