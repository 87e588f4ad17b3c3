import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { Tag } from '../shell/tag.tsx'
import { useNow } from '../shell/use-now.ts'
import { clockWords, schoolDayWords, since } from '../time.ts'
import type { Kit } from '../wire.ts'

const ago = { minutes: 'kits.agoMinutes', hours: 'kits.agoHours', days: 'kits.agoDays' } as const

/** A kit is a copy of children's data: who made it, until when it is valid, and what has come of it. */
export const KitTable = ({ kits, side }: { readonly kits: readonly Kit[]; readonly side: Kit['side'] }) => {
  const { say, language } = useSpeech()
  const now = useNow()
  const dayHead = say(side === 'made' ? 'kits.homeColumn' : 'kits.writtenColumn')
  return (
    <Table
      caption={say(side === 'made' ? 'kits.out' : 'kits.here')}
      heads={[say('kits.school'), say('kits.madeColumn'), say('kits.pupils'), say('kits.validColumn'), dayHead]}
    >
      {kits.map((kit) => {
        const last = kit.day && since(kit.day.handledAt, now)
        return (
          <tr key={kit.kitId}>
            <th scope="row">{kit.schoolName}</th>
            <td>
              {clockWords(kit.madeAt, now, language)}{' '}
              <span class="muted kit-day">{kit.madeBy ?? say(side === 'made' ? 'kits.atComputer' : 'kits.atCounty')}</span>
            </td>
            <td>{kit.pupils}</td>
            <td>
              {kit.isValid ? (
                say('kits.valid', { until: schoolDayWords(kit.validUntil, language) })
              ) : (
                <Tag tone="warn" shape="bar">
                  {say('kits.ended')}
                </Tag>
              )}
            </td>
            <td>
              {kit.day && last ? (
                <>
                  {say(ago[last.unit], { count: last.count })}
                  <span class="muted kit-day">{say('kits.dayLine', { counter: kit.day.counter, sheets: kit.day.sheets })}</span>
                </>
              ) : (
                <span class="muted">{say('kits.never')}</span>
              )}
            </td>
          </tr>
        )
      })}
    </Table>
  )
}
