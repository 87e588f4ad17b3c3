import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { Tag } from '../shell/tag.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { InstrumentListed } from '../wire.ts'

const Line = ({ instrument }: { readonly instrument: InstrumentListed }) => {
  const { say, pick } = useSpeech()
  const { licence } = instrument
  const language = (tag: string) => (tag === 'zh-CN' || tag === 'en' ? say(`language.${tag}`) : tag)
  return (
    <tr>
      <th scope="row">
        {instrument.acronym} <span class="under">{pick(instrument.names)}</span>
      </th>
      <td class="mono">{instrument.version}</td>
      <td class="cell-short">
        <span class="number">{instrument.items}</span>{' '}
        <span class="under">{say('library.minutes', { minutes: instrument.estimatedMinutes })}</span>
      </td>
      <td>
        {instrument.languages.map((tag) => (
          <span key={tag} class="one-line">
            {language(tag)}
          </span>
        ))}
      </td>
      <td class="cell-licence">
        <Tag tone={licence.status === 'free' ? 'good' : 'warn'} shape={licence.status === 'free' ? 'disc' : 'bar'}>
          {say(`licence.${licence.status}`)}
        </Tag>
        <span class="under">{licence.terms}</span>
        <span class="under">{licence.attribution}</span>
      </td>
    </tr>
  )
}

export const LibraryPage = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/instruments')), [])
  const heads = [say('library.instrument'), say('library.version'), say('library.items'), say('library.languages'), say('library.licence')]
  return (
    <Page title={say('library.title')} lead={say('library.intro')}>
      <Answer to={request}>
        {({ instruments }) =>
          instruments.length === 0 ? (
            <Empty title={say('library.emptyTitle')} />
          ) : (
            <Table caption={say('library.title')} heads={heads}>
              {instruments.map((instrument) => (
                <Line key={`${instrument.id}@${instrument.version}`} instrument={instrument} />
              ))}
            </Table>
          )
        }
      </Answer>
    </Page>
  )
}
