/** Frames as they come, none repeated or left out. The option got its present name in FFmpeg 5.1. */
export function passthroughArgs(version: string): string[] {
  return [/^n?5\.0(\D|$)/.test(version) ? '-vsync' : '-fps_mode', 'passthrough']
}
