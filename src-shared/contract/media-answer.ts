/** A request for a recording, a render or a piece of a proxy, whichever way it came. Can be posted between processes. */
export interface MediaRequest {
  readonly method: string
  /** From `/media/` on, with what follows `?`. */
  readonly path: string
  /** Of the request's headers, by their names in lower case: `range`, `if-range` and `if-none-match` are read. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Its answer, likewise. Who gets it reads the file: read-only, from `first` to `last` (bytes, both included). */
export interface MediaAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body:
    | null
    | { readonly kind: 'file'; readonly path: string; readonly first: number; readonly last: number }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
}
