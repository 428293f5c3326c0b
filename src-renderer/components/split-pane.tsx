import { useRef, useState, type CSSProperties, type ReactNode } from 'react'

interface Props {
  /** Of the line between them, which can be dragged and moved with the arrow keys. */
  readonly label: string
  readonly main: ReactNode
  readonly side: ReactNode
  /** Share of the main part, 0.3 to 0.8. */
  readonly initial?: number
}

const clamp = (share: number): number => Math.min(0.8, Math.max(0.3, share))

/** Two parts side by side; below each other where the window is narrow. */
export function SplitPane({ label, main, side, initial = 0.66 }: Props) {
  const [share, setShare] = useState(initial)
  const frame = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={frame}
      style={{ '--share': `${share * 100}%` } as CSSProperties}
      className="flex shrink-0 grow flex-col gap-4 lg:min-h-0 lg:shrink lg:flex-row lg:gap-0"
    >
      <div className="min-w-0 lg:min-h-0 lg:basis-(--share)">{main}</div>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={30}
        aria-valuemax={80}
        tabIndex={0}
        className="group hidden w-4 shrink-0 cursor-col-resize touch-none justify-center lg:flex"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          const box = frame.current?.getBoundingClientRect()
          if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return
          setShare(clamp((event.clientX - box.left) / box.width))
        }}
        onKeyDown={({ key }) => {
          if (key === 'ArrowLeft') setShare((now) => clamp(now - 0.02))
          if (key === 'ArrowRight') setShare((now) => clamp(now + 0.02))
        }}
      >
        <span className="w-px bg-line group-hover:bg-ember" />
      </div>
      <div className="min-w-0 grow lg:min-h-0 lg:basis-0">{side}</div>
    </div>
  )
}
