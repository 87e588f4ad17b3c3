import { useSpeech } from '../speech.ts'

type Props = {
  readonly name: 'locator' | 'code' | 'factor'
  readonly hint: string
  readonly value: string
  readonly length: number
  readonly wrong: boolean
  readonly onInput: (value: string) => void
}

export const CodeField = ({ name, hint, value, length, wrong, onInput }: Props) => {
  const { say } = useSpeech()
  return (
    <div class="field">
      <label for={name}>{say(`door.${name}`)}</label>
      <span class="soft small" id={`${name}-hint`}>
        {hint}
      </span>
      <input
        id={name}
        class="code"
        lang="en"
        value={value}
        maxLength={length * 3}
        aria-describedby={`${name}-hint`}
        aria-invalid={wrong}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
