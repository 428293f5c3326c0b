import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Mark } from './mark.tsx'
import { Skeleton } from './skeleton.tsx'

interface Props {
  /** Base64 of a JPEG; null where there is none, absent while it is being made. */
  readonly jpeg: string | null | undefined
  /** Empty where a title stands beside it. */
  readonly alt: string
  /** Over the picture: durations, badges. */
  readonly children?: ReactNode
  readonly className?: string
}

/** A picture of 16:9, whatever is known of it. */
export function Thumbnail({ jpeg, alt, children, className }: Props) {
  return (
    <div className={classNames('relative aspect-video overflow-hidden rounded-md bg-hover', className)}>
      {jpeg === undefined && <Skeleton className="absolute inset-0 rounded-none" />}
      {jpeg === null && (
        <div className="absolute inset-0 grid place-items-center">
          <Mark className="size-9 opacity-45 grayscale" />
        </div>
      )}
      {typeof jpeg === 'string' && (
        <img
          src={`data:image/jpeg;base64,${jpeg}`}
          alt={alt}
          decoding="async"
          draggable={false}
          className="size-full animate-fade object-cover"
        />
      )}
      {children}
    </div>
  )
}

/** On a thumbnail's corner; dark in both themes, because pictures are. */
export function ThumbnailLabel({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={classNames(
        'figures absolute rounded-[5px] bg-black/75 px-1.5 py-0.5 text-xs font-medium text-white',
        className,
      )}
    >
      {children}
    </span>
  )
}
