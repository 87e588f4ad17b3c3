import { Field } from '../shell/field.tsx'
import { useSpeech } from '../shell/speech.tsx'
import type { Unit } from '../wire.ts'
import { looksUnusual } from './name-hint.ts'

type Props = {
  readonly kind: Unit['kind']
  readonly name: string
  readonly onName: (name: string) => void
  readonly code: string
  readonly onCode: (code: string) => void
}

/** A unit's name and code, with what its kind usually has. */
export const UnitFields = ({ kind, name, onName, code, onCode }: Props) => {
  const { say } = useSpeech()
  return (
    <>
      <Field
        label={say('units.name')}
        {...(looksUnusual(kind, name) && { hint: say('units.nameUnusual', { kind: say(`unit.${kind}`) }) })}
        value={name}
        onValue={onName}
        maxLength={60}
        autoComplete="off"
        required
      />
      <Field label={say('units.code')} hint={say(`units.code.${kind}`)} value={code} onValue={onCode} maxLength={40} autoComplete="off" />
    </>
  )
}
