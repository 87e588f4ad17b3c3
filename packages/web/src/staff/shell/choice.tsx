import { useId } from 'preact/hooks'

type Option<Value extends string> = { readonly value: Value; readonly label: string }
type Props<Value extends string> = {
  readonly legend: string
  readonly hint?: string
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onValue: (value: Value) => void
}

/** One of a few, each of equal size and weight; what nobody has chosen yet is not chosen for them. */
export const Choice = <Value extends string>({ legend, hint, options, value, onValue }: Props<Value>) => {
  const name = useId()
  return (
    <fieldset class="choice" aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend>{legend}</legend>
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} checked={value === option.value} onChange={() => onValue(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {hint && (
        <p id={`${name}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </fieldset>
  )
}
