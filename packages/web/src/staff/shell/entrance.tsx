import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { DemoBanner } from './demo-banner.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { useSpeech } from './speech.tsx'

type Props = {
  readonly title: string
  readonly lead?: ComponentChildren
  readonly demo?: boolean
  readonly wide?: boolean
  readonly children: ComponentChildren
}

/** The frame of the pages that stand before the door: signing in, setting up, accepting an invitation. */
export const Entrance = ({ title, lead, demo = false, wide = false, children }: Props) => {
  const { say } = useSpeech()
  useEffect(() => {
    document.title = `${title} · ${say('app.name')}`
  }, [title, say])
  return (
    <div class={wide ? 'entrance entrance-wide' : 'entrance'}>
      {demo && <DemoBanner />}
      <div class="entrance-top">
        <p class="brand">
          <strong>{say('app.name')}</strong> <span>{say('app.purpose')}</span>
        </p>
        <LanguageSwitch />
      </div>
      <main id="content" class="entrance-card">
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </main>
    </div>
  )
}
