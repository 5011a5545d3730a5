import * as words from '../components/words/words.ts'

/** Seen by nobody: the front server answers every 404 in its own constant words. Small, since it rides along with every page. */
export default function NotFound() {
  return (
    <main>
      <h1>{words.states.notFound.title}</h1>
    </main>
  )
}
