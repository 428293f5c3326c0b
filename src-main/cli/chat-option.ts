import { resolve } from 'node:path'
import type { ChatSpec } from '../../src-shared/contract/chat.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'

/** `--chat FILE` and `--chat-offset SECONDS`; null without a chat. */
export function chatSpecOf({ chat, chatOffset }: { chat?: string; chatOffset?: number }): ChatSpec | null {
  if (chat !== undefined) return { path: resolve(chat), offsetSeconds: chatOffset ?? null }
  if (chatOffset === undefined) return null
  throw new ClutchcutError('usage', 'There is no chat to move: --chat-offset goes with --chat FILE.')
}
