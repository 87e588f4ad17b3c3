import { useSpeech } from '../shell/speech.tsx'
import type { InstrumentListed, Protocol } from '../wire.ts'
import { batteryOf } from './protocol.ts'

type Props = { readonly protocol: Protocol; readonly instruments: readonly InstrumentListed[] }

export const ProtocolInWords = ({ protocol, instruments }: Props) => {
  const { say, pick } = useSpeech()
  const waveName = (id: string) => {
    const wave = protocol.waves.find((known) => known.id === id)
    return wave ? pick(wave.label) : id
  }
  const named = (id: string) => instruments.find((instrument) => instrument.id === id)?.acronym ?? id
  const scaleName = (id: string) => {
    const scale = instruments.flatMap((instrument) => instrument.scales).find((known) => known.id === id)
    return scale ? pick(scale.names) : id
  }
  const { primary, secondary } = protocol
  return (
    <section class="section">
      <h2>{say('study.protocol')}</h2>
      <dl class="facts facts-wide">
        <div>
          <dt>{say('study.design')}</dt>
          <dd>{say('study.designSentence', { arms: protocol.arms.length, waves: protocol.waves.length })}</dd>
        </div>
        <div>
          <dt>{say('study.battery')}</dt>
          <dd>
            {batteryOf(protocol).map(({ instrument, version }) => (
              <span key={instrument} class="part">
                {named(instrument)} <span class="muted mono">{version}</span>
              </span>
            ))}
          </dd>
        </div>
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
      </dl>
    </section>
  )
}
