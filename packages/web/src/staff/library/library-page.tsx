import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Field } from '../shell/field.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Tag } from '../shell/tag.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { InstrumentListed } from '../wire.ts'
import { isSought } from './is-sought.ts'
import { useLanguageName } from './language-name.ts'

const chineseFirst = (languages: readonly string[]) =>
  [...languages].sort((one, other) => Number(other === 'zh-CN') - Number(one === 'zh-CN'))

const Facts = ({ instrument }: { readonly instrument: InstrumentListed }) => {
  const { say } = useSpeech()
  const language = useLanguageName()
  const facts = [
    say('library.itemCount', { count: instrument.items }),
    say('library.minutes', { minutes: instrument.estimatedMinutes }),
    say('library.versionOf', { version: instrument.version }),
    ...(instrument.languages.length > 0 ? chineseFirst(instrument.languages).map(language) : [say('library.scoringOnly')]),
  ]
  return (
    <p class="muted">
      {facts.map((fact) => (
        <span key={fact} class="part">
          {fact}
        </span>
      ))}
    </p>
  )
}

/** Terms are told as they were found and never translated: the reader is told which language they are in. */
const isEnglish = (text: string) => /[a-z]+ [a-z]+/i.test(text)

const Line = ({ instrument }: { readonly instrument: InstrumentListed }) => {
  const { say, pick } = useSpeech()
  const { licence } = instrument
  return (
    <li class="instrument">
      <h2>
        {instrument.acronym} <span class="instrument-name">{pick(instrument.names)}</span>
      </h2>
      <Facts instrument={instrument} />
      <div class="instrument-licence">
        <Tag tone={licence.status === 'free' ? 'good' : 'warn'} shape={licence.status === 'free' ? 'disc' : 'bar'}>
          {say(`licence.${licence.status}`)}
        </Tag>
        <p class="field-hint">
          {say(isEnglish(licence.terms) ? 'library.termsEnglish' : 'library.terms')}
          <span lang={isEnglish(licence.terms) ? 'en' : 'zh-CN'}>{licence.terms}</span>
        </p>
        <p class="field-hint">
          {say('library.attribution')}
          <span lang={isEnglish(licence.attribution) ? 'en' : 'zh-CN'}>{licence.attribution}</span>
        </p>
      </div>
    </li>
  )
}

export const LibraryPage = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/instruments')), [])
  const [sought, setSought] = useState('')
  return (
    <Page title={say('library.title')} lead={say('library.intro')}>
      <div class="library-search">
        <Field label={say('library.search')} value={sought} onValue={setSought} autoComplete="off" />
      </div>
      <Answer to={request}>
        {({ instruments }) => {
          const found = instruments.filter((instrument) => isSought(instrument, sought))
          return (
            <>
              <p class="muted" role="status">
                {say('library.found', { count: found.length, of: instruments.length })}
              </p>
              {found.length === 0 ? (
                <Empty title={say('library.emptyTitle')} />
              ) : (
                <ul class="lines">
                  {found.map((instrument) => (
                    <Line key={`${instrument.id}@${instrument.version}`} instrument={instrument} />
                  ))}
                </ul>
              )}
            </>
          )
        }}
      </Answer>
    </Page>
  )
}
