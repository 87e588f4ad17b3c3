import { useState } from 'preact/hooks'
import { Select, Field as TextField } from '../../shell/field.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { PreviewTable } from './preview-table.tsx'
import { replaced, type Setting } from './settings.ts'
import type { Roster, Text } from './use-roster.ts'
import type { Delimiter, Encoding, SeenFile, SeenSheet } from './wire.ts'

const encodings: readonly (readonly [Encoding, string])[] = [
  ['utf-8', 'UTF-8'],
  ['gb18030', 'GB18030 / GBK'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
]
const delimiters: readonly Delimiter[] = [',', '\t', ';', '，', '|']

const TextSettings = ({ seen, onText }: { readonly seen: SeenFile; readonly onText: (text: Text) => void }) => {
  const { say } = useSpeech()
  if (!seen.encoding || !seen.delimiter) return null
  const now = { encoding: seen.encoding, delimiter: seen.delimiter }
  return (
    <div class="setting-line">
      <Select
        label={say('roster.encoding')}
        hint={say('roster.encodingHint')}
        value={seen.encoding}
        choices={encodings.map(([value, label]) => ({ value, label }))}
        onValue={(value) => onText({ ...now, encoding: value as Encoding })} // one of the choices
      />
      <Select
        label={say('roster.delimiter')}
        value={seen.delimiter}
        choices={delimiters.map((value) => ({ value, label: value === '\t' ? say('roster.tab') : value }))}
        onValue={(value) => onText({ ...now, delimiter: value as Delimiter })} // one of the choices
      />
    </div>
  )
}

type SheetProps = {
  readonly sheet: SeenSheet
  readonly setting: Setting
  readonly alone: boolean
  /** The class whose roster it is, where it is one class’s. */
  readonly ownClass: string | null
  readonly onSetting: (setting: Setting) => void
  readonly onHeader: (row: number) => void
}

const SheetSettings = ({ sheet, setting, alone, ownClass, onSetting, onHeader }: SheetProps) => {
  const { say } = useSpeech()
  const headers = sheet.preview.slice(0, 30).map(({ row }) => ({ value: String(row), label: say('roster.headerAt', { row }) }))
  return (
    <>
      {!alone && (
        <label class="tick">
          <input type="checkbox" checked={setting.used} onChange={() => onSetting({ ...setting, used: !setting.used })} />{' '}
          {say('roster.useSheet')}
        </label>
      )}
      {setting.used && (
        <>
          <div class="setting-line">
            <Select
              label={say('roster.headerRow')}
              value={String(setting.headerRow)}
              choices={[{ value: '0', label: say('roster.noHeader') }, ...headers]}
              onValue={(value) => onHeader(Number(value))}
            />
            <TextField
              label={say('roster.className')}
              hint={ownClass === null ? say('roster.classNameHint') : say('roster.classNameOwn', { name: ownClass })}
              value={setting.className ?? ''}
              maxLength={60}
              onValue={(className) => onSetting({ ...setting, className })}
            />
          </div>
          <PreviewTable sheet={sheet} setting={setting} onSetting={onSetting} />
        </>
      )}
    </>
  )
}

/** What the server found in the file, to be set right where it is wrong. */
export const FileSettings = ({ roster, ownClass }: { readonly roster: Roster; readonly ownClass: string | null }) => {
  const { say } = useSpeech()
  const { step } = roster
  const [at, setAt] = useState(() => Math.max(0, step?.settings.findIndex((setting) => setting.used) ?? 0))
  if (!step) return null
  const { seen, settings } = step
  const place = at < seen.sheets.length ? at : 0
  const [sheet, setting] = [seen.sheets[place], settings[place]]
  const choice = (own: SeenSheet, position: number) => {
    const name = say('roster.sheetChoice', { name: own.name || String(position + 1), lines: own.lines })
    return { value: String(position), label: settings[position]?.used ? name : `${name}${say('roster.unused')}` }
  }
  return (
    <details class="section roster-settings" open={!roster.plan}>
      <summary>
        <h2>{say('roster.columnsTitle')}</h2>
      </summary>
      <TextSettings seen={seen} onText={roster.readAs} />
      {seen.sheets.length > 1 && (
        <Select
          label={say('roster.sheet')}
          value={String(place)}
          choices={seen.sheets.map(choice)}
          onValue={(value) => setAt(Number(value))}
        />
      )}
      {sheet && setting && (
        <SheetSettings
          sheet={sheet}
          setting={setting}
          alone={seen.sheets.length === 1}
          ownClass={ownClass}
          onSetting={(next) => roster.set(replaced(settings, next))}
          onHeader={(row) => void roster.setHeader(place, row)}
        />
      )}
      <p class="muted">{say('roster.notReadNote')}</p>
    </details>
  )
}
