import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

/** A highlights model is under 1 MB and a Whisper one about 500 MB; protobuf itself ends at 2 GiB. */
export const maxModelBytes = 1024 * 1024 * 1024

export interface ModelFile {
  bytes: Uint8Array
  sha256: string
}

/**
 * Reads a model whole. Refuses what is not a plain file, what is larger than `limit` bytes (before reading it) and
 * what does not hash to `sha256`.
 */
export async function readModelFile(
  path: string,
  sha256: string | null = null,
  limit = maxModelBytes,
): Promise<ModelFile> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new ClutchcutError('model/missing', `The model ${path} cannot be opened. Install it again.`, { cause })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw invalid(path, 'it is not a file')
    if (stat.size === 0) throw invalid(path, 'it is empty')
    if (stat.size > limit) throw invalid(path, `it is larger than ${Math.floor(limit / 1024 / 1024)} MiB`)
    const bytes = await handle.readFile()
    const actual = createHash('sha256').update(bytes).digest('hex')
    if (sha256 !== null && actual !== sha256) throw invalid(path, 'its checksum is wrong')
    return { bytes, sha256: actual }
  } finally {
    await handle.close()
  }
}

function invalid(path: string, why: string): ClutchcutError {
  return new ClutchcutError('model/invalid', `The model ${path} cannot be used: ${why}. Install it again.`)
}
