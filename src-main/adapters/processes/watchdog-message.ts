/** What a process tells its watchdog. */
export type WatchdogMessage = { kind: 'add'; pid: number } | { kind: 'remove'; pid: number }
