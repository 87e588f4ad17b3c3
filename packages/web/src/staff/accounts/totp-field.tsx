import { Field } from '../shell/field.tsx'
import { useSpeech } from '../shell/speech.tsx'

type Props = { readonly label: string; readonly value: string; readonly onValue: (value: string) => void }

const digits = (typed: string) => typed.replace(/\D/g, '').slice(0, 6)

export const TotpField = ({ label, value, onValue }: Props) => {
  const { say } = useSpeech()
  return (
    <Field
      label={label}
      hint={say('signIn.totpHint')}
      value={value}
      onValue={(typed) => onValue(digits(typed))}
      class="input-code"
      name="totp"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\d{6}"
      required
    />
  )
}
