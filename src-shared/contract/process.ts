/** One running process of ours. Pids are reused, so the start time (as the OS tells it) is part of the identity. */
export interface ProcessIdentity {
  readonly pid: number
  /** Opaque, compared for equality only; see `adapters/processes`. */
  readonly startedAt: string
  /** Opaque per boot of the machine, so a recorded pid from before a restart is never believed. */
  readonly bootId: string
}

/** A child that one of our processes started, as the library remembers it for a later start to clean up. */
export interface RecordedChild {
  readonly child: ProcessIdentity
  readonly owner: ProcessIdentity
  /** For people: which program, doing what. */
  readonly what: string
}

/** Where children are written down while they run, so that what outlives its owner can be ended later. */
export interface ProcessTable {
  record(child: ProcessIdentity, owner: ProcessIdentity, what: string): void
  remove(pid: number): void
  list(): readonly RecordedChild[]
}
