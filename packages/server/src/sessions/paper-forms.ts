// The forms of a session for the printer: one pupil a form, every page with its sheet number, and no name.
import { mayDraw } from '@tongxing/instruments'
import { sessionForms } from '@tongxing/instruments/formats/session-forms'
import type { Context } from '../context.ts'
import { requireInstrument, requirePermitted } from '../library/rules.ts'
import { Problem } from '../problem.ts'
import { sheetNumber } from './paper.ts'
import type { Session } from './queries.ts'

type Seat = { readonly number: number }

export const paperForms = (context: Context, session: Session, seats: readonly Seat[], language: string): string => {
  const definitions = session.battery.map(({ instrument, version }) =>
    requirePermitted(requireInstrument(context.library, instrument, version)),
  )
  for (const definition of definitions) {
    const drawn = mayDraw(definition, { use: 'educational', electronic: false, permissions: [] })
    if (!drawn.allowed || !drawn.texts[language]) throw new Problem('paper.no-form', { id: definition.id, what: language })
  }
  const sheets = seats.map(({ number }) => ({ number: sheetNumber(session.locator, number), seat: number, className: session.className }))
  return sessionForms(definitions, sheets, language)
}
