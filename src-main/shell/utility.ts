import { utilityProcess, type UtilityProcess } from 'electron'

/**
 * Starts one of our programs in a process of its own. Its output goes where ours goes only in a checkout: whatever it
 * has to say stands in the logs.
 */
export function startUtility(path: string, args: readonly string[], name: string, inherit: boolean): UtilityProcess {
  return utilityProcess.fork(path, [...args], {
    serviceName: name,
    stdio: inherit ? 'inherit' : 'ignore',
    // Flags that this process was started with are none of theirs.
    execArgv: [],
  })
}

/** Ends it at once. What has not started yet cannot be ended: then as soon as it has. */
export function endUtility(child: UtilityProcess): void {
  const { pid } = child
  if (pid === undefined) {
    child.once('spawn', () => endUtility(child))
    return
  }
  try {
    // Electron's `kill` asks with a signal that a busy process does not hear, and waits for it.
    process.kill(pid, 'SIGKILL')
  } catch {
    child.kill()
  }
}
