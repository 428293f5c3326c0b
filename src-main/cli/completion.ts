import type { Command } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell'

interface Entry {
  /** Words before it, without the program's name: `library`, `library list`. */
  path: string[]
  words: string[]
  /** What an option takes, where that is a list: `--format`. */
  values: ReadonlyMap<string, readonly string[]>
}

/** A completion script for commands and options; files complete as the shell does by itself. */
export function completionScript(shell: Shell, program: Command): string {
  const entries = collect(program, [])
  switch (shell) {
    case 'bash':
      return bash(entries)
    case 'zsh':
      // zsh runs bash completions; one table serves both.
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(entries)}`
    case 'fish':
      return fish(entries)
    case 'powershell':
      return powershell(entries)
  }
}

function collect(command: Command, path: string[]): Entry[] {
  const subcommands = command.commands
  const words = [
    ...subcommands.map((sub) => sub.name()),
    ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
    ...command.options.flatMap((option) => (option.long ? [option.long] : [])),
    '--help',
  ]
  const values = new Map(
    command.options.flatMap(({ long, argChoices }) => (long && argChoices ? [[long, argChoices] as const] : [])),
  )
  return [{ path, words, values }, ...subcommands.flatMap((sub) => collect(sub, [...path, sub.name()]))]
}

function bash(entries: Entry[]): string {
  const cases = entries
    .map(({ path, words }) => `    ${JSON.stringify(path.join(' '))}) words=${JSON.stringify(words.join(' '))} ;;`)
    .join('\n')
  const values = entries
    .flatMap(({ path, values: options }) => [...options].map(([long, list]) => ({ key: [...path, long], list })))
    .map(({ key, list }) => `    ${JSON.stringify(key.join(' '))}) words=${JSON.stringify(list.join(' '))} ;;`)
    .join('\n')
  return `_clutchcut() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" i
  for ((i = 1; i < COMP_CWORD && i < 3; i++)); do
    [[ "\${COMP_WORDS[i]}" == -* ]] && break
    case "\${path:+$path }\${COMP_WORDS[i]}" in
${entries
  .filter(({ path }) => path.length > 0)
  .map(({ path }) => `      ${JSON.stringify(path.join(' '))}) path=${JSON.stringify(path.join(' '))} ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${cases}
  esac
  case "$path \${COMP_WORDS[COMP_CWORD - 1]}" in
${values}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _clutchcut clutchcut
`
}

function fish(entries: Entry[]): string {
  const lines = entries.flatMap(({ path, words, values }) => {
    const condition =
      path.length === 0
        ? '__fish_use_subcommand'
        : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')
    return words.map((word) =>
      word.startsWith('--')
        ? `complete -c clutchcut -n '${condition}' -l ${word.slice(2)}${taking(values.get(word))}`
        : `complete -c clutchcut -n '${condition}' -a ${word}`,
    )
  })
  return `${lines.join('\n')}\n`
}

function taking(list: readonly string[] | undefined): string {
  return list === undefined ? '' : ` -x -a '${list.join(' ')}'`
}

function powershell(entries: Entry[]): string {
  const table = entries
    .map(({ path, words }) => `    '${path.join(' ')}' = @(${words.map((word) => `'${word}'`).join(', ')})`)
    .join('\n')
  return `Register-ArgumentCompleter -Native -CommandName clutchcut -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $table = @{
${table}
  }
  $path = ''
  foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
    $next = ("$path " + $element.ToString()).Trim()
    if ($table.ContainsKey($next)) { $path = $next } else { break }
  }
  $table[$path] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}
