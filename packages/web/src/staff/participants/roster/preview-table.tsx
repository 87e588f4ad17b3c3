import { useSpeech } from '../../shell/speech.tsx'
import { type Setting, withColumn } from './settings.ts'
import { type Field, fields, type SeenSheet } from './wire.ts'

const shown = 12

type Props = { readonly sheet: SeenSheet; readonly setting: Setting; readonly onSetting: (setting: Setting) => void }

/** The first rows below what each column holds; each head is the choice itself. */
export const PreviewTable = ({ sheet, setting, onSetting }: Props) => {
  const { say } = useSpeech()
  const header = sheet.preview.find((line) => line.row === setting.headerRow)
  const lines = sheet.preview.filter((line) => line.row >= setting.headerRow).slice(0, shown)
  const choose = (column: number) => (event: { readonly currentTarget: HTMLSelectElement }) => {
    const { value } = event.currentTarget
    onSetting(withColumn(setting, column, value === '' ? null : (value as Field))) // the choices below are the fields
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section class="table-frame roster-preview" aria-label={say('roster.preview')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('roster.row')}</th>
            {setting.columns.map((own, column) => (
              <th key={column} scope="col" class={own ? 'column-read' : 'column-unread'}>
                <select
                  aria-label={header?.cells[column] || say('roster.column', { column: column + 1 })}
                  value={own ?? ''}
                  onChange={choose(column)}
                >
                  <option value="" selected={own === null}>
                    {say('roster.notRead')}
                  </option>
                  {fields.map((field) => (
                    <option key={field} value={field} selected={own === field}>
                      {say(`field.${field}`)}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.row} class={line.row === setting.headerRow ? 'header-line' : undefined}>
              <th scope="row" class="number">
                {line.row}
              </th>
              {setting.columns.map((own, column) => (
                <td key={column} class={own ? undefined : 'column-unread'}>
                  {line.cells[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
