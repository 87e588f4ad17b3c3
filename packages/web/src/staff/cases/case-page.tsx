import { useRoute } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useNow } from '../shell/use-now.ts'
import { useRequest } from '../shell/use-request.ts'
import type { CaseDetail, Flag } from '../wire.ts'
import { FlagCard } from './flag-card.tsx'
import { Scores } from './scores.tsx'
import { Sittings } from './sittings.tsx'
import { Whereabouts } from './whereabouts.tsx'

const who = (say: Say, { sex, age, leftBehind, className, schoolName }: CaseDetail['participant']) =>
  [
    `${schoolName} ${className}`,
    say(`sex.${sex}`),
    say('case.age', { age }),
    ...(leftBehind === null ? [] : [say(leftBehind ? 'case.leftBehind' : 'case.notLeftBehind')]),
    say('case.audited'),
  ].join(' · ')

/** The server's order, for as long as the page is open: what was just decided stays where it was read. */
const withFlag = (found: CaseDetail, reviewed: Flag): CaseDetail => ({
  ...found,
  flags: found.flags.map((flag) => (flag.flagId === reviewed.flagId ? reviewed : flag)),
})

const Flags = ({ found, onReviewed }: { readonly found: CaseDetail; readonly onReviewed: (flag: Flag) => void }) => {
  const { say } = useSpeech()
  const now = useNow()
  const open = found.flags.filter((flag) => flag.review === null).length
  return (
    <section class="section">
      <h2>
        {say('case.flags')} <span class="muted count">{open > 0 ? say('case.openLeft', { count: open }) : say('case.allReviewed')}</span>
      </h2>
      {found.flags.map((flag) => (
        <FlagCard key={flag.flagId} flag={flag} now={now} onReviewed={onReviewed} />
      ))}
    </section>
  )
}

const CaseDesk = ({ caseId }: { readonly caseId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/cases/{caseId}', { params: { path: { caseId } } })), [caseId])
  const ready = request.kind === 'ready' ? request.value : null
  return (
    <Page
      title={say('case.title')}
      heading={ready?.participant.name}
      lead={ready && who(say, ready.participant)}
      trail={[{ label: say('cases.title'), href: '/cases' }]}
    >
      <Answer to={request}>
        {(found, { replace }) => (
          <>
            <Flags found={found} onReviewed={(flag) => replace(withFlag(found, flag))} />
            <Scores scores={found.scores} />
            <Sittings sittings={found.sittings} />
            <Whereabouts stays={found.whereabouts} />
          </>
        )}
      </Answer>
    </Page>
  )
}

export const CasePage = () => {
  const { id = '' } = useRoute().params
  return <CaseDesk key={id} caseId={id} />
}
