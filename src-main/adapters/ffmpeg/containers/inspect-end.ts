import type { SourceFile } from '../source-file.ts'
import { inspectAviEnd } from './avi-end.ts'
import { withFile } from './file-window.ts'
import { inspectFlvEnd } from './flv-end.ts'
import { inspectMatroskaEnd } from './matroska-end.ts'
import { inspectMp4End } from './mp4-end.ts'

/** What a file says about its own end, found with a few small reads. */
export interface FileEnd {
  /** The end of the file is missing. */
  readonly cut: boolean
  /** The recorder never finished the file (a crash), although what is there may be whole. */
  readonly unfinished: boolean
  /** MP4 and MOV: the index is missing, so that nothing can be read. */
  readonly indexMissing: boolean
  /** FLV: when the last tag is due. */
  readonly lastTimestampMs: number | null
}

const whole: FileEnd = { cut: false, unfinished: false, indexMissing: false, lastTimestampMs: null }

export async function inspectEnd(source: SourceFile): Promise<FileEnd> {
  switch (source.format) {
    case 'mp4':
    case 'mov': {
      const end = await withFile(source.path, inspectMp4End)
      // Fragments are whole up to the last one; without them, `moov` is all or nothing.
      return { ...whole, cut: end.cut, indexMissing: !end.hasMoov }
    }
    case 'matroska':
    case 'webm':
      return { ...whole, ...(await withFile(source.path, inspectMatroskaEnd)) }
    case 'flv':
      return { ...whole, ...(await withFile(source.path, inspectFlvEnd)) }
    case 'avi':
      return { ...whole, ...(await withFile(source.path, inspectAviEnd)) }
    case 'mpegts':
      // Packets of 188 bytes (192 on Blu-ray); no file says how many there should be.
      return { ...whole, cut: source.size % 188 !== 0 && source.size % 192 !== 0 }
    default:
      return whole
  }
}
