import { StateFrame, type StateFrameProps } from './state-frame.tsx'

/** Nothing yet, and the one next step. */
export function EmptyState(props: Omit<StateFrameProps, 'isPage'>) {
  return <StateFrame {...props} />
}
