import { z } from 'zod'

/** Which chat belongs to a recording. */
export const chatSpecSchema = z.object({
  path: z.string().min(1),
  /** Seconds added to the chat's times; null: as its own clock says. */
  offsetSeconds: z.number().min(-1e6).max(1e6).nullable().default(null),
})

/** How the chat was placed on the recording's timeline. `start`: it is taken to begin with the recording. */
export const chatPlacements = ['hand', 'clock', 'start'] as const

/** What became of a chat file. */
export const chatReportSchema = z.object({
  path: z.string(),
  format: z.enum(['json', 'json-lines', 'log', 'csv']),
  /** Messages that fall into the recording; commands and known bots are not counted. */
  messages: z.int().nonnegative(),
  /** People who wrote them. */
  people: z.int().nonnegative(),
  /** Lines that could not be read. */
  skipped: z.int().nonnegative(),
  /** When the chat answers, and whether that was measured or taken for granted. */
  lagSeconds: z.number().nonnegative(),
  lagMeasured: z.boolean(),
  placedBy: z.enum(chatPlacements),
  /** Mean trust in the chat, 0 to 1: how lively it was. */
  trust: z.number().min(0).max(1),
  warnings: z.array(z.string()),
})

export type ChatSpec = z.infer<typeof chatSpecSchema>
export type ChatPlacement = (typeof chatPlacements)[number]
export type ChatReport = z.infer<typeof chatReportSchema>
