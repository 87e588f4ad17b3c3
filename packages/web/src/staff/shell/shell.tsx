import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { TrialBanner } from '../duty/trial-banner.tsx'
import { keepsStudies, useStaff } from '../staff.ts'
import { DemoBanner } from './demo-banner.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { doorsOf, placeOf } from './navigation.ts'
import { Refused } from './refused.tsx'
import { useSpeech } from './speech.tsx'
import { useAction } from './use-action.ts'

const Navigation = () => {
  const { say } = useSpeech()
  const { path } = useLocation()
  const { me, roles } = useStaff()
  const here = placeOf(path)
  return (
    <nav class="main-nav" aria-label={say('shell.navigation')}>
      <ul>
        {doorsOf(roles, keepsStudies(me)).map(({ place, href }) => (
          <li key={place}>
            <a href={href} aria-current={place === here ? (path === href ? 'page' : 'true') : undefined}>
              {say(`nav.${place}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type Props = { readonly onLeave: () => Promise<void>; readonly children: ComponentChildren }

export const Shell = ({ onLeave, children }: Props) => {
  const { say } = useSpeech()
  const { me, roles, has, away } = useStaff()
  const leaving = useAction(onLeave)
  return (
    <div class={me.demo ? 'shell shell-simulated' : 'shell'} hidden={away}>
      <a class="skip-link" href="#content">
        {say('shell.skip')}
      </a>
      {me.demo && <DemoBanner />}
      {has('counsellor') && !away && <TrialBanner />}
      <header class="top">
        <p class="brand">
          <strong>{say('app.name')}</strong> <span>{me.county?.name ?? ''}</span>
        </p>
        <div class="top-person">
          <span class="person">
            {me.account.displayName}
            <span class="person-roles"> {roles.map((role) => say(`role.${role}`)).join(' · ')}</span>
          </span>
          <LanguageSwitch />
          <button type="button" class="plain-button" disabled={leaving.busy} onClick={() => void leaving.run()}>
            {say('shell.signOut')}
          </button>
        </div>
      </header>
      <Navigation />
      <main id="content" tabIndex={-1}>
        <Refused refusal={leaving.refusal} />
        {children}
      </main>
    </div>
  )
}
