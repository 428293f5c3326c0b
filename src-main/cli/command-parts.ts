import { InvalidArgumentError, type Command } from 'commander'
import type { ProgramContext } from './program.ts'

/** What the tables of commands are given. */
export interface Table {
  readonly program: Command
  readonly context: ProgramContext
  /** Makes a command of a parent. */
  readonly add: (parent: Command, name: string, description: string) => Command
}

/** Below the options of a command's help. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

/** Of an option that may be given again; `false` is what `--no-…` left. */
export function collect(value: string, before: string[] | boolean | undefined): string[] {
  return [...(Array.isArray(before) ? before : []), value]
}

export function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || Math.abs(value) > 1_000_000) {
    throw new InvalidArgumentError('It takes a number of seconds, such as 90 or -12.5.')
  }
  return value
}

export function decibels(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= -60 && value <= 24)) {
    throw new InvalidArgumentError('It takes decibels, from -60 to 24.')
  }
  return value
}

export function port(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('It takes a port, 1 to 65535; 0 takes any free one.')
  }
  return value
}

/** For an argument that may be given several times. */
export function positiveIntegers(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), positiveInteger(text)]
}

export function positiveInteger(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
    throw new InvalidArgumentError('It takes a whole number from 1.')
  }
  return value
}
