import { win32, posix } from 'node:path'
import { fileKindOf } from '../../src-shared/domain/file-kind.ts'

/** Where a link leads within the interface; a fragment for its hash history. */
type Route = `#/${string}`

const longest = 500
const wholeNumber = /^[1-9]\d{0,14}$/
const seconds = /^\d{1,7}(?:\.\d{1,3})?$/

/**
 * `clutchcut://library`, `clutchcut://review`, `clutchcut://review?recording=3`,
 * `clutchcut://recordings/3?at=12.5&clip=7`. null for all else: any web page can open such a link, so it may only show
 * things, and nothing of it is passed on unread. Pure.
 */
export function parseDeepLink(link: string): Route | null {
  if (link.length > longest || !/^clutchcut:\/\//i.test(link) || !URL.canParse(link)) return null
  const { hostname, pathname, searchParams, username, password, port } = new URL(link)
  if (username !== '' || password !== '' || port !== '') return null
  const path = pathname.replace(/\/$/, '')
  switch (hostname.toLowerCase()) {
    case 'library':
      return path === '' ? '#/' : null
    case 'review':
      return path === '' ? `#/review${query({ recording: matched(searchParams.get('recording'), wholeNumber) })}` : null
    case 'recordings': {
      const id = path.slice(1)
      const at = matched(searchParams.get('at'), seconds)
      const clip = matched(searchParams.get('clip'), wholeNumber)
      return wholeNumber.test(id) ? `#/recordings/${id}${query({ at, clip })}` : null
    }
    default:
      return null
  }
}

function matched(value: string | null, pattern: RegExp): string | undefined {
  return value !== null && pattern.test(value) ? value : undefined
}

function query(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
  return given.length === 0 ? '' : `?${given.join('&')}`
}

/**
 * What a start of the application, or of a second one, was asked to show: deep links and recordings among its
 * arguments. The first argument is the program; switches, and what is neither, are left alone. Pure.
 */
export function readArguments(
  argv: readonly string[],
  workingFolder: string,
  platform: NodeJS.Platform,
): { readonly links: readonly Route[]; readonly files: readonly string[] } {
  const { isAbsolute, resolve } = platform === 'win32' ? win32 : posix
  const given = argv.slice(1, 200).filter((argument) => !argument.startsWith('-'))
  return {
    links: given.flatMap((argument) => parseDeepLink(argument) ?? []),
    files: given
      .filter((argument) => isAbsolute(argument) || !/^[a-z][a-z+.-]+:/i.test(argument))
      .filter((argument) => fileKindOf(argument) === 'recordings')
      .map((argument) => resolve(workingFolder, argument)),
  }
}
