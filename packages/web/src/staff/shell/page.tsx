import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useSpeech } from './speech.tsx'

export type Step = { readonly label: string; readonly href: string }
type Props = {
  /** Goes into the browser's title and history, so it never names a pupil or a flag (SAF-16). */
  readonly title: string
  /** The visible heading, where it says more than the title. */
  readonly heading?: ComponentChildren
  readonly lead?: ComponentChildren
  readonly trail?: readonly Step[]
  readonly actions?: ComponentChildren
  readonly children?: ComponentChildren
}

let arrivals = 0

export const Page = ({ title, heading, lead, trail = [], actions, children }: Props) => {
  const { say } = useSpeech()
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${say('app.name')}`
  }, [title, say])
  // after a change of page the reader starts at its heading; on the first page the browser's own order stands
  useEffect(() => {
    if (arrivals > 0) top.current?.focus()
    arrivals += 1
  }, [])
  return (
    <article class="page">
      {trail.length > 0 && (
        <nav class="trail" aria-label={say('shell.trail')}>
          {trail.map((step) => (
            <a key={step.href} href={step.href}>
              {step.label}
            </a>
          ))}
        </nav>
      )}
      <header class="page-head">
        <div>
          <h1 ref={top} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </article>
  )
}
