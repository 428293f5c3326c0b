export interface LibrarySearch {
  readonly text?: string
}

export function parseLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  return typeof search['text'] === 'string' ? { text: search['text'] } : {}
}
