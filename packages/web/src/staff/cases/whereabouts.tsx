import { useSpeech } from '../shell/speech.tsx'
import { cameWords, wentWords } from '../units/year/stay-words.ts'
import type { CaseDetail } from '../wire.ts'

/** Where the child was and is (SAF-19), once there is more to say than the class at the top of the page. */
export const Whereabouts = ({ stays }: { readonly stays: CaseDetail['whereabouts'] }) => {
  const { say } = useSpeech()
  if (stays.length < 2 && stays.every(({ went }) => went === null)) return null
  return (
    <section class="section">
      <h2>{say('stay.title')}</h2>
      <dl class="facts facts-wide">
        {stays.map((stay) => (
          <div key={stay.from}>
            <dt>
              {stay.from.slice(0, 10)} – {stay.to?.slice(0, 10) ?? ''}
            </dt>
            <dd>
              {stay.gradeName && `${stay.gradeName} · `}
              {stay.className} <span class="muted">{cameWords(say, stay)}</span> · {wentWords(say, stay)}
            </dd>
          </div>
        ))}
      </dl>
      <p class="muted">{say('stay.intro')}</p>
    </section>
  )
}
