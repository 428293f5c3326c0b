import { z } from 'zod'

/** Who set a marker, and with what. Their weights: `src-shared/domain/markers.ts`. */
export const markerKinds = [
  /** A key pressed while recording: OBS plugins, `time,label` files. */
  'hotkey',
  /** A chapter of the recording's file. */
  'chapter',
  /** A marker of the broadcast, such as Twitch's. */
  'stream-marker',
  /** A marker that the player set in Steam. */
  'steam-marker',
  /** What a game told Steam. */
  'steam-event',
  'steam-achievement',
  'steam-screenshot',
  /** A marker or a cut of an editing program. */
  'editor',
  /** A label of somebody who watched the recording. */
  'label',
] as const

export const markerFormats = [
  'chapters',
  'steam',
  'infowriter',
  'stream-markers',
  'edl',
  'csv',
  'text',
  'json',
] as const

/** Which markers belong to a recording. */
export const markersSpecSchema = z.object({
  files: z.array(z.string().min(1)).max(20).default([]),
  /** Seconds added to the times of `files`; null: as their own clocks say. */
  offsetSeconds: z.number().min(-1e6).max(1e6).nullable().default(null),
  /** Also the chapters of the recording's file, and marker files that lie beside it. */
  automatic: z.boolean().default(true),
})

/** One marker on the recording's timeline, in seconds. */
export const markerSchema = z.object({
  start: z.number(),
  /** Equal to `start` where it marks a point in time. */
  end: z.number(),
  kind: z.enum(markerKinds),
  label: z.string(),
  /** How much it counts, 0 to 1; at 0 it is only kept to be shown. */
  weight: z.number().min(0).max(1),
})

/** How the markers of a file were placed. `own`: they count from the recording's start. */
export const markerPlacements = ['hand', 'clock', 'own'] as const

/** What became of the markers of a recording. */
export const markersReportSchema = z.object({
  files: z.array(
    z.object({
      /** Null for the chapters of the recording's own file. */
      path: z.string().nullable(),
      format: z.enum(markerFormats),
      /** Those that fall into the recording. */
      markers: z.int().nonnegative(),
      /** Lines or entries that could not be read. */
      skipped: z.int().nonnegative(),
      placedBy: z.enum(markerPlacements),
    }),
  ),
  /** In the order of time. */
  markers: z.array(markerSchema),
  warnings: z.array(z.string()),
})

export type MarkerKind = (typeof markerKinds)[number]
export type MarkerFormat = (typeof markerFormats)[number]
export type MarkersSpec = z.infer<typeof markersSpecSchema>
export type Marker = z.infer<typeof markerSchema>
export type MarkerPlacement = (typeof markerPlacements)[number]
export type MarkersReport = z.infer<typeof markersReportSchema>
