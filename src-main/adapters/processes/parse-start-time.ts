/**
 * What Linux says about a process in `/proc/<pid>/stat` (proc(5)): field 2 is the program's name in parentheses and
 * may itself hold spaces and parentheses, so fields are counted from the last one. Null when the text is not that.
 */
export function parseLinuxStat(text: string): { state: string; startTicks: string } | null {
  const close = text.lastIndexOf(')')
  if (close < 0) return null
  // Field 3 (state) is the first after the name; field 22 (start time, in clock ticks since boot) the twentieth.
  const fields = text
    .slice(close + 1)
    .trim()
    .split(/\s+/)
  const [state, startTicks] = [fields[0], fields[19]]
  if (state === undefined || startTicks === undefined || !/^[A-Za-z]$/.test(state) || !/^\d+$/.test(startTicks))
    return null
  return { state, startTicks }
}

/** `ps -o stat=,lstart=` of macOS: `Ss   Sun Nov 22 13:00:00 2026`. Null when there is no such process. */
export function parsePs(text: string): { state: string; startedAt: string } | null {
  const match = /^\s*(\S+)\s+(\w{3}\s+\w{3}\s+\d{1,2}\s+\d{2}:\d{2}:\d{2}\s+\d{4})\s*$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined) return null
  return { state: match[1], startedAt: match[2].replace(/\s+/g, ' ') }
}

/** PowerShell's `StartTime.ToFileTimeUtc()`: 100 ns since 1601. Null when there is no such process. */
export function parseFileTime(text: string): string | null {
  return /^\s*(\d{17,19})\s*$/.exec(text)?.[1] ?? null
}
