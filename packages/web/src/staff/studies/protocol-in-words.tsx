import { useSpeech } from '../shell/speech.tsx'
import type { InstrumentListed, Protocol, Trial } from '../wire.ts'
import { batteryOf, isTrial } from './protocol.ts'

type Props = { readonly protocol: Protocol; readonly instruments: readonly InstrumentListed[] }

const Outcomes = ({ protocol, instruments }: Props & { readonly protocol: Trial }) => {
  const { say, pick } = useSpeech()
  const { primary, secondary } = protocol
  const waveName = (id: string) => {
    const wave = protocol.waves.find((known) => known.id === id)
    return wave ? pick(wave.label) : id
  }
  const scaleName = (id: string) => {
    const scale = instruments.flatMap((instrument) => instrument.scales).find((known) => known.id === id)
    return scale ? pick(scale.names) : id
  }
  return (
    <>
      <div>
        <dt>{say('study.primary')}</dt>
        <dd>
          {say('study.primarySentence', {
            scale: scaleName(primary.scale),
            wave: waveName(primary.wave),
            baseline: waveName(primary.baselineWave),
          })}
        </dd>
      </div>
      <div>
        <dt>{say('study.secondary')}</dt>
        <dd>
          {secondary.map(({ scale }) => (
            <span key={scale} class="part">
              {scaleName(scale)}
            </span>
          ))}
          {secondary.length === 0 && say('shell.none')}
        </dd>
      </div>
    </>
  )
}

export const ProtocolInWords = ({ protocol, instruments }: Props) => {
  const { say } = useSpeech()
  const named = (id: string) => instruments.find((instrument) => instrument.id === id)?.acronym ?? id
  const waves = protocol.waves.length
  return (
    <section class="section">
      <h2>{say(isTrial(protocol) ? 'study.protocol' : 'screening.plan')}</h2>
      <dl class="facts facts-wide">
        <div>
          <dt>{say('study.design')}</dt>
          <dd>
            {isTrial(protocol)
              ? say('study.designSentence', { arms: protocol.arms.length, waves })
              : say('screening.designSentence', { waves })}
          </dd>
        </div>
        <div>
          <dt>{say('study.battery')}</dt>
          <dd>
            {batteryOf(protocol).map(({ instrument, version, itemsPerPage = 1 }) => (
              <span key={instrument} class="part">
                {named(instrument)} <span class="muted mono">{version}</span>
                {itemsPerPage > 1 && <span class="muted"> {say('study.perPage', { count: itemsPerPage })}</span>}
              </span>
            ))}
          </dd>
        </div>
        {isTrial(protocol) && <Outcomes protocol={protocol} instruments={instruments} />}
      </dl>
    </section>
  )
}
