import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { createStore } from './store.ts'

/** Something that the command palette offers. */
export interface Command {
  readonly id: string
  readonly label: string
  /** Under which heading. */
  readonly group: string
  readonly icon?: ReactNode
  /** Keys that do the same, for people. */
  readonly keys?: string | undefined
  readonly run: () => void
}

export const commandLists = createStore<readonly (readonly Command[])[]>([])

/** Offers commands while this is mounted. Give the same array as long as they are the same. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    commandLists.set([...commandLists.get(), commands])
    return () => commandLists.set(commandLists.get().filter((each) => each !== commands))
  }, [commands])
}
