import { spawn } from 'node:child_process'

/** Ends children when the process that started it is gone, however that ended. */
export interface Watchdog {
  add(pid: number): void
  remove(pid: number): void
  /** It ended before its parent; called once. */
  onExit(listener: () => void): void
}

/**
 * Reads `add PID` and `remove PID`; when nobody can write any more, it ends what is left. The system closes the pipe
 * however the parent ended. Ctrl-C and a closing terminal reach everyone at once; this goes last.
 */
const script = `
trap '' INT TERM HUP QUIT
children=' '
while read -r what pid; do
  case $pid in ''|0*|*[!0-9]*) continue ;; esac
  case $what in
    add) children="$children$pid " ;;
    remove) case $children in *" $pid "*) children="\${children%% $pid *} \${children#* $pid }" ;; esac ;;
  esac
done
for pid in $children; do kill -9 "$pid"; done
`

/**
 * A shell with a session of its own: it outlives a kill of our process group, weighs a thirtieth of a Node, and can be
 * started where Node cannot: a hardened Electron does not run as Node, and its utility processes end with it.
 *
 * None on Windows: libuv puts each child that is not detached into a job object which the system ends together with
 * the process that holds it (`JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE`, libuv's src/win/process.c).
 */
export function startWatchdog(platform: NodeJS.Platform): Watchdog | null {
  if (platform === 'win32') return null
  const shell = spawn('/bin/sh', ['-c', script, 'clutchcut-watchdog'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // It never keeps us alive.
  shell.unref()
  ;(shell.stdin as typeof shell.stdin & { unref?(): void }).unref?.()
  // A broken pipe means that it has ended, and `exit` says so.
  shell.stdin.on('error', () => {})
  let tell = (): void => {}
  const ended = new Promise<void>((resolve) => (tell = resolve))
  shell.once('exit', tell)
  shell.once('error', tell)
  const say = (line: string): void => void (shell.stdin.writable && shell.stdin.write(`${line}\n`))
  return {
    add: (pid) => say(`add ${pid}`),
    remove: (pid) => say(`remove ${pid}`),
    onExit: (listener) => void ended.then(listener),
  }
}
