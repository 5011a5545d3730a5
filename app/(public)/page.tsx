import { Wordmark } from '#components/layout/brand-mark'
import { MaskedNumber } from '#components/records/masked-number'
import { LinkButton } from '#components/ui/link-button'
import * as words from '../../components/words/words.ts'

export default function Home() {
  const { home } = words
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-4 md:px-6">
      <header className="flex min-h-16 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
        <Wordmark />
        <span className="flex gap-2">
          <LinkButton href="/sign-up">{home.signUp}</LinkButton>
          <LinkButton href="/sign-in">{home.signIn}</LinkButton>
        </span>
      </header>
      <main className="flex flex-1 flex-col gap-12 py-12 md:py-20">
        <div className="flex flex-col items-start gap-5">
          <h1 className="max-w-2xl text-28 font-semibold tracking-tight text-pretty">{home.title}</h1>
          <p className="max-w-xl text-16 text-pretty text-muted">{home.lead}</p>
          <p className="mt-2 rounded-6 border border-line bg-raised px-4 py-2.5 text-20">
            <MaskedNumber caller={{ kind: 'number', masked: home.maskedExample, hidden: 'not_stored' }} />
          </p>
        </div>
        <dl className="border-t border-line">
          {home.points.map((point) => (
            <div key={point.title} className="grid gap-x-8 gap-y-1 border-b border-line py-5 md:grid-cols-[14rem_1fr]">
              <dt className="font-medium">{point.title}</dt>
              <dd className="text-pretty text-muted">{point.text}</dd>
            </div>
          ))}
        </dl>
      </main>
    </div>
  )
}
