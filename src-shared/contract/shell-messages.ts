import type { Notice } from './events.ts'
import type { HostEntry } from './host-services.ts'
import type { MediaAnswer, MediaRequest } from './media-answer.ts'
import type { Settings } from './settings.ts'

/** What the desktop's shell tells the engine, which runs in a utility process of its own. */
export type ToEngine =
  /** A window's connection comes with it, as the only port. */
  | { readonly kind: 'window' }
  | { readonly kind: 'media'; readonly id: number; readonly request: MediaRequest }
  /** Whoever asked for it went away. */
  | { readonly kind: 'media-gone'; readonly id: number }
  /** Answers `ask`. */
  | { readonly kind: 'answer'; readonly id: number; readonly failure: string | null }
  /** Answers `fork`, with the connection to the child as the only port. */
  | { readonly kind: 'child'; readonly child: number }
  | { readonly kind: 'child-exit'; readonly child: number; readonly code: number | null }
  /** Recordings that somebody opened with the application. */
  | { readonly kind: 'open'; readonly paths: readonly string[] }
  /** End in good order. */
  | { readonly kind: 'close' }

/** What the engine tells the shell. */
export type FromEngine =
  | { readonly kind: 'media-answer'; readonly id: number; readonly answer: MediaAnswer }
  | { readonly kind: 'ask'; readonly id: number; readonly what: HostAsk; readonly value: string }
  | { readonly kind: 'fork'; readonly child: number; readonly entry: HostEntry }
  | { readonly kind: 'kill'; readonly child: number }
  | { readonly kind: 'work'; readonly work: Work }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'settings'; readonly settings: ShellSettings }
  /** It cannot run: the library is damaged, the folder cannot be written. It ends after that. */
  | { readonly kind: 'failed'; readonly message: string }

/** Of the services that the engine asks the shell for. */
export type HostAsk = 'trash' | 'revealInFolder' | 'copyFile' | 'openExternal'

/** What goes on. `fraction` is over all of it, 0 to 1; null before there is something to measure. */
export interface Work {
  readonly running: number
  readonly fraction: number | null
}

/** Of a person's settings, those that the shell lives by. */
export type ShellSettings = Pick<Settings, 'startAtLogin' | 'notifications' | 'language'>
