// Asking guardians who work away: which purposes, which pupils, how long the link lives. The texts are those in use today.
import { useState } from 'preact/hooks'
import { callingOf } from '../participants/namesakes.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Checklist } from '../shell/checklist.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Select } from '../shell/field.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import type { ConsentLinksMade, NewConsentLinks, Notice, Participant } from '../wire.ts'
import { purposes } from './consent-draft.ts'
import { DecisionTag } from './decision-tag.tsx'

const make = (classId: string, body: NewConsentLinks) =>
  answered(server.POST('/api/v1/classes/{classId}/consent-links', { params: { path: { classId } }, body }))

/** As on every other form: screening first. */
const inOrder = (one: Pick<Notice, 'purpose'>, other: Pick<Notice, 'purpose'>) =>
  purposes.indexOf(one.purpose) - purposes.indexOf(other.purpose)

const days = ['3', '7', '14', '30'] as const

const linkFault = (asks: ReadonlySet<string>, chosen: ReadonlySet<string>, say: Say) => {
  if (asks.size === 0) return say('links.asksFirst')
  return chosen.size === 0 ? say('consent.needsPupil') : null
}

type Props = {
  readonly classId: string
  readonly pupils: readonly Participant[]
  readonly onMade: (made: ConsentLinksMade) => void
  readonly onClose: () => void
}

export const AskByLink = ({ classId, pupils, onMade, onClose }: Props) => {
  const { say } = useSpeech()
  const call = callingOf(pupils)
  const request = useRequest(() => answered(server.GET('/api/v1/classes/{classId}/notices', { params: { path: { classId } } })), [classId])
  const current = request.kind === 'ready' ? request.value.notices.filter((notice) => notice.current).sort(inOrder) : []
  const [asks, setAsks] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [life, setLife] = useState<string>('14')
  const making = useAction(make)
  const missing = useMissing(linkFault(asks, chosen, say))
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole()) return
    const made = await making.run(classId, {
      participantIds: Array.from(chosen),
      asks: current.filter(({ id }) => asks.has(id)).map(({ purpose, party }) => ({ purpose, party })),
      days: Number(life),
    })
    if (made) onMade(made)
  }
  const actions = (
    <>
      <Missing said={missing.said} />
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button
        type="submit"
        form="ask-by-link"
        class="button button-primary"
        disabled={making.busy || (request.kind === 'ready' && current.length === 0)}
      >
        {chosen.size === 0 ? say('links.makeAny') : say('links.make', { count: chosen.size })}
      </button>
    </>
  )
  return (
    <Dialog title={say('links.ask')} onClose={onClose} actions={actions} wide>
      <form id="ask-by-link" class="form" onSubmit={submit}>
        <p>{say('links.intro')}</p>
        <Answer to={request}>
          {() =>
            current.length === 0 ? (
              <p class="notice">{say('links.nonePublished')}</p>
            ) : (
              <Checklist
                legend={say('links.asks')}
                items={current.map(({ id, purpose, party, version }) => ({
                  id,
                  label: [say(`purpose.${purpose}`), party].filter(Boolean).join(' · '),
                  note: <span class="under">{say('notices.version', { version: version ?? 0 })}</span>,
                }))}
                chosen={asks}
                onChosen={setAsks}
              />
            )
          }
        </Answer>
        <Select
          label={say('links.days')}
          value={life}
          onValue={setLife}
          choices={days.map((value) => ({ value, label: say('links.dayCount', { count: value }) }))}
        />
        <Checklist
          legend={say('consent.pupils')}
          items={pupils.map(({ participantId, consent }) => ({
            id: participantId,
            label: call(participantId),
            note: <DecisionTag decision={consent?.screening ?? null} />,
          }))}
          chosen={chosen}
          onChosen={setChosen}
        />
        <Refused refusal={making.refusal} />
      </form>
    </Dialog>
  )
}
