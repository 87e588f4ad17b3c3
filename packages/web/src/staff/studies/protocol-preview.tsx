import { useSpeech } from '../shell/speech.tsx'
import type { Preview } from './protocol-text.ts'

const Parts = ({ parts }: { readonly parts: readonly string[] }) => {
  const { say } = useSpeech()
  if (parts.length === 0) return <>{say('shell.none')}</>
  return (
    <>
      {parts.map((part, position) => (
        <span key={`${position} ${part}`} class="part">
          {part || say('shell.none')}
        </span>
      ))}
    </>
  )
}

/** What the study would be, to be read before it is made. */
export const ProtocolPreview = ({ preview }: { readonly preview: Preview }) => {
  const { say } = useSpeech()
  return (
    <section class="protocol-preview" aria-label={say('newStudy.preview')}>
      <h3>{preview.title || say('shell.none')}</h3>
      <p class="muted mono">{preview.id}</p>
      {preview.simulated && <p class="simulated">{say('studies.simulated')}</p>}
      <dl class="facts facts-wide">
        <div>
          <dt>{say('newStudy.arms')}</dt>
          <dd>
            <Parts parts={preview.arms} />
          </dd>
        </div>
        {preview.waves.map((wave, position) => (
          <div key={`${position} ${wave.name}`}>
            <dt>{wave.name || say('shell.none')}</dt>
            <dd>
              <Parts parts={wave.battery} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{say('study.primary')}</dt>
          <dd>
            <Parts parts={preview.outcomes.slice(0, 1)} />
          </dd>
        </div>
        <div>
          <dt>{say('study.secondary')}</dt>
          <dd>
            <Parts parts={preview.outcomes.slice(1)} />
          </dd>
        </div>
      </dl>
    </section>
  )
}
