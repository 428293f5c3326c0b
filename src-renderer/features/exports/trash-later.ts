import { createStore } from '../../store.ts'

/** So long what was thrown away can be taken back. */
export const TAKE_BACK_MS = 6000

interface Waiting {
  readonly timer: ReturnType<typeof setTimeout>
  readonly run: () => Promise<void>
}

const waiting = new Map<number, Waiting>()

/** Files that are on their way to the recycle bin: no longer shown. Oldest first. */
export const leaving = createStore<readonly number[]>([])

/** Throws a file away in a while. A system's bin gives nothing back to programs, so there is time to think first. */
export function trashLater(id: number, run: () => Promise<void>): void {
  takeBack(id)
  waiting.set(id, { run, timer: setTimeout(() => void finish(id), TAKE_BACK_MS) })
  leaving.set([...leaving.get(), id])
}

/** It stays. Nothing happens where it is gone already. */
export function takeBack(id: number): void {
  const one = waiting.get(id)
  if (one === undefined) return
  clearTimeout(one.timer)
  waiting.delete(id)
  forget(id)
}

/** Nobody is there any more who could take something back. */
export function trashNow(): void {
  for (const id of [...waiting.keys()]) void finish(id)
}

async function finish(id: number): Promise<void> {
  const one = waiting.get(id)
  if (one === undefined) return
  clearTimeout(one.timer)
  waiting.delete(id)
  await one.run().finally(() => forget(id))
}

function forget(id: number): void {
  leaving.set(leaving.get().filter((each) => each !== id))
}

window.addEventListener('pagehide', trashNow)
