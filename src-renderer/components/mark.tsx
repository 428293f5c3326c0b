/** The same planet, small enough for a corner of the window. */
export function Mark({ className }: { className?: string }) {
  return <img src="./mark.svg" alt="" className={className} />
}
