/** By its name alone: for what is offered to choose. What a file really is, its content says later. */
export const recordingExtensions = 'mp4 m4v mov mkv webm avi flv ts m2ts mts mpd mp3 m4a aac wav flac ogg opus'.split(
  ' ',
)
export const textExtensions = 'json csv txt log edl srt vtt ass ssa gz'.split(' ')

const endsIn = (extensions: readonly string[]): RegExp => new RegExp(`\\.(?:${extensions.join('|')})$`, 'i')
const recordings = endsIn(recordingExtensions)
const texts = endsIn(textExtensions)

/** Whether a file of that name may be a recording, or a text that goes with one (chat, markers, captions). Pure. */
export function fileKindOf(name: string): 'recordings' | 'texts' | null {
  return recordings.test(name) ? 'recordings' : texts.test(name) ? 'texts' : null
}
