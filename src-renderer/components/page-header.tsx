import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** A line below: how much there is, what it is for. */
  readonly detail?: ReactNode
  readonly actions?: ReactNode
}

/** The only `h1` of a page. It takes the focus when the page opens, so that a screen reader says where one is. */
export function PageHeader({ title, detail, actions }: Props) {
  return (
    <header className="flex flex-wrap items-end justify-between md:flex-nowrap gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1
          tabIndex={-1}
          dir="auto"
          title={title}
          className="line-clamp-2 text-left break-words md:line-clamp-1 md:break-all text-xl font-semibold tracking-tight outline-none sm:text-2xl"
        >
          {title}
        </h1>
        {detail !== undefined && <p className="figures mt-1 text-sm text-soft">{detail}</p>}
      </div>
      {actions !== undefined && (
        <div className="flex flex-wrap items-center gap-2 md:shrink-0 md:flex-nowrap">{actions}</div>
      )}
    </header>
  )
}
