import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { completionScript } from '../../../../src-main/cli/completion.ts'
import { createProgram } from '../../../../src-main/cli/program.ts'

const program = createProgram({ version: '0.0.0', signal: new AbortController().signal })

function completeInBash(...words: string[]): string[] {
  const script = `${completionScript('bash', program)}
COMP_WORDS=(clutchcut ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _clutchcut; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean)
}

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('bash completion', () => {
  it('knows the commands', () => {
    expect(completeInBash('')).toEqual(
      expect.arrayContaining(['process', 'analyze', 'library', 'jobs', 'doctor', 'models', 'export']),
    )
    expect(completeInBash('ana')).toEqual(['analyze'])
  })

  it('knows subcommands and options', () => {
    expect(completeInBash('library', 're')).toEqual(['relink', 'restore', 'rebuild'])
    expect(completeInBash('process', 'match.mp4', '--to')).toEqual(['--top'])
    expect(completeInBash('library', 'list', '--li')).toEqual(['--limit'])
  })

  it('knows what an option takes', () => {
    expect(completeInBash('export', 'match.mp4', '--format', '')).toEqual(['otio', 'fcpxml', 'premiere', 'edl', 'csv'])
    expect(completeInBash('export', '12', '--format', 'f')).toEqual(['fcpxml'])
  })
})

describe('completion scripts', () => {
  it.each(['zsh', 'fish', 'powershell'] as const)('%s names every command', (shell) => {
    const script = completionScript(shell, program)
    for (const command of program.commands) expect(script).toContain(command.name())
  })

  it('fish knows what an option takes', () => {
    expect(completionScript('fish', program)).toContain("-l format -x -a 'otio fcpxml premiere edl csv'")
  })
})
