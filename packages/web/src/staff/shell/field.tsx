import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Common = { readonly label: string; readonly hint?: string; readonly error?: string | null }
type InputLook = {
  readonly type?: 'password' | 'date' | 'time'
  readonly min?: string
  readonly max?: string
  readonly name?: string
  readonly class?: string
  readonly autoComplete?: 'off' | 'name' | 'username' | 'current-password' | 'new-password' | 'one-time-code'
  readonly autoCapitalize?: 'none'
  readonly inputMode?: 'numeric'
  readonly spellcheck?: boolean
  readonly pattern?: string
  readonly maxLength?: number
  readonly required?: boolean
}
type Props = Common & InputLook & { readonly value: string; readonly onValue: (value: string) => void }

const Frame = ({ id, label, hint, error, children }: Common & { readonly id: string; readonly children: ComponentChildren }) => (
  <div class={error ? 'field field-wrong' : 'field'}>
    <label for={id}>{label}</label>
    {children}
    {hint && (
      <p id={`${id}-hint`} class="field-hint">
        {hint}
      </p>
    )}
    <p id={`${id}-error`} class="field-error" aria-live="polite">
      {error}
    </p>
  </div>
)

const told = (id: string, { hint, error }: Common) => [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined

export const Field = ({ label, hint, error, value, onValue, type, ...look }: Props) => {
  const id = useId()
  const common: Common = { label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }) }
  const described = told(id, common)
  const input = {
    ...look,
    id,
    value,
    ...(error && { 'aria-invalid': 'true' as const }),
    ...(described && { 'aria-describedby': described }),
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  }
  return (
    <Frame id={id} {...common}>
      {type === undefined ? <input {...input} type="text" /> : <input {...input} type={type} />}
    </Frame>
  )
}

type Choice = { readonly value: string; readonly label: string }
type SelectProps = Common & { readonly value: string; readonly onValue: (value: string) => void; readonly choices: readonly Choice[] }

export const Select = ({ label, hint, error, value, onValue, choices }: SelectProps) => {
  const id = useId()
  const common: Common = { label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }) }
  return (
    <Frame id={id} {...common}>
      <select id={id} value={value} aria-describedby={told(id, common)} onChange={(event) => onValue(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}

type AreaProps = Common & {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly rows: number
  readonly placeholder?: string
  /** Columns keep their places and long lines do not wrap. */
  readonly table?: boolean
}

export const TextArea = ({ label, hint, error, value, onValue, rows, placeholder, table = false }: AreaProps) => {
  const id = useId()
  const common: Common = { label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }) }
  return (
    <Frame id={id} {...common}>
      <textarea
        id={id}
        class={table ? 'input-table' : undefined}
        rows={rows}
        wrap={table ? 'off' : 'soft'}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellcheck={false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={told(id, common)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Frame>
  )
}
