import { ClutchcutError, isErrorCode } from '../../../src-shared/contract/errors.ts'
import { createStore } from '../../store.ts'

/** A file on its way from this browser to the machine that the engine runs on. */
export interface Upload {
  readonly name: string
  /** 0 to 1. */
  readonly fraction: number
  readonly cancel: () => void
}

export const uploads = createStore<readonly Upload[]>([])

/**
 * Copies a file into the library's folder; resolves with where it lies there, or null when it was cancelled.
 * @throws Error with what the host said.
 */
export function upload(file: File): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // `fetch` does not say how far it is.
    const request = new XMLHttpRequest()
    let entry: Upload = { name: file.name, fraction: 0, cancel: () => request.abort() }
    const replace = (next: Upload | null): void => {
      const others = uploads.get().filter((each) => each !== entry)
      uploads.set(next === null ? others : [...others, next])
      if (next !== null) entry = next
    }
    replace(entry)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      replace({ ...entry, fraction: total > 0 ? loaded / total : 0 }),
    )
    request.addEventListener('loadend', () => replace(null))
    request.addEventListener('abort', () => resolve(null))
    request.addEventListener('error', () => reject(new ClutchcutError('connection/lost', request.statusText)))
    request.addEventListener('load', () => {
      const answer = request.response as { path?: string; error?: Refused } | null
      if (request.status < 300 && answer?.path !== undefined) resolve(answer.path)
      else reject(refusal(answer?.error ?? { code: null, message: String(request.status) }))
    })
    request.open('PUT', `/upload?name=${encodeURIComponent(file.name)}`)
    request.responseType = 'json'
    request.send(file)
  })
}

/** As the host says it. */
interface Refused {
  readonly code: string | null
  readonly message: string
}

function refusal({ code, message }: Refused): ClutchcutError {
  return new ClutchcutError(isErrorCode(code) ? code : 'internal', message)
}
