import { Skeleton } from '../ui/skeleton.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import * as words from '../words/words.ts'

const rows = Array.from({ length: 10 }, (_, at) => at)

/** The shape of the call list. */
export function CallListLoading() {
  return (
    <div role="status" aria-busy="true" className="@container">
      <VisuallyHidden>{words.states.loading}</VisuallyHidden>
      <div className="flex h-9 items-center justify-between border-b border-line px-4">
        <Skeleton className="w-16" />
        <Skeleton className="w-12" />
      </div>
      {rows.map((row) => (
        <div key={row} className="flex items-center gap-6 border-b border-line px-4 @max-2xl:h-16 @2xl:h-9">
          <Skeleton className="w-36" />
          <Skeleton className="w-20" />
          <Skeleton className="w-40 @max-4xl:hidden" />
          <Skeleton className="w-32 @max-4xl:hidden" />
          <Skeleton className="ms-auto w-16" />
        </div>
      ))}
    </div>
  )
}

/** The shape of a call's page. */
export function CallPageLoading() {
  return (
    <div role="status" aria-busy="true" className="flex flex-col gap-6 px-4 py-5 md:px-6">
      <VisuallyHidden>{words.states.loading}</VisuallyHidden>
      <div className="flex flex-col gap-3">
        <Skeleton className="w-20" />
        <Skeleton className="h-5 w-72 max-w-full" />
        <Skeleton className="w-56" />
      </div>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-4">
          {rows.slice(0, 6).map((row) => (
            <div key={row} className="flex gap-4">
              <Skeleton className="w-8" />
              <Skeleton className="w-12" />
              <Skeleton className={row % 2 === 0 ? 'w-3/5' : 'w-2/5'} />
            </div>
          ))}
        </div>
        <div className="flex flex-col gap-4">
          {rows.slice(0, 7).map((row) => (
            <div key={row} className="flex gap-6">
              <Skeleton className="w-24" />
              <Skeleton className="w-32" />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
