// Times as a person in an office reads them: today 14:05, 3 May 14:05, 2 h left. The clock is a parameter.
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export type Distance = { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number }
export type Due = { readonly overdue: boolean } & Distance

/** Rounded so that nobody is told of more time than there is: time left goes down, time overdue goes up. */
const distance = (milliseconds: number, round: (value: number) => number): Distance => {
  if (milliseconds < hour) return { unit: 'minutes', count: round(milliseconds / minute) }
  if (milliseconds < 2 * day) return { unit: 'hours', count: round(milliseconds / hour) }
  return { unit: 'days', count: round(milliseconds / day) }
}

export const dueIn = (dueAt: string, now: number): Due => {
  const left = Date.parse(dueAt) - now
  return left > 0 ? { overdue: false, ...distance(left, Math.floor) } : { overdue: true, ...distance(-left, Math.ceil) }
}

export const since = (at: string, now: number): Distance => distance(Math.max(0, now - Date.parse(at)), Math.floor)

const two = (value: number) => (value < 10 ? `0${value}` : String(value))
const midnight = (time: Date) => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const near: Readonly<Record<string, readonly [string, string]>> = {
  '-1': ['昨天', 'yesterday'],
  '0': ['今天', 'today'],
  '1': ['明天', 'tomorrow'],
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六']
const weekdayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** 11月26日 周四, Thu 26 Nov: a day that has no hour. */
export const dayWords = (day: string, language: 'zh-CN' | 'en'): string => {
  const time = new Date(`${day}T00:00:00`)
  if (language === 'zh-CN') return `${time.getMonth() + 1}月${time.getDate()}日 周${weekdays[time.getDay()]}`
  return `${weekdayNames[time.getDay()]} ${time.getDate()} ${months[time.getMonth()]}`
}

/** 2027年1月25日, 25 Jan 2027: the day on which this falls at school. China has one time zone and no summer time. */
export const schoolDayWords = (at: string, language: 'zh-CN' | 'en'): string => {
  const time = new Date(Date.parse(at) + 8 * hour)
  const [year, month, date] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()]
  return language === 'zh-CN' ? `${year}年${month + 1}月${date}日` : `${date} ${months[month]} ${year}`
}

/** What a date field and a time field hold, on the reader's machine. */
export type Hour = { readonly date: string; readonly time: string }

export const hourOf = (at: Date): Hour => ({
  date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  time: `${two(at.getHours())}:${two(at.getMinutes())}`,
})

/** Null while the fields are not filled in. */
export const instantOf = ({ date, time }: Hour): string | null => {
  const at = new Date(`${date}T${time}`)
  return date !== '' && time !== '' && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}

/** Local time of the reader's machine. */
export const clockWords = (at: string, now: number, language: 'zh-CN' | 'en'): string => {
  const time = new Date(at)
  const chinese = language === 'zh-CN'
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`
  const name = near[String(Math.round((midnight(time) - midnight(new Date(now))) / day))]
  if (name) return `${name[chinese ? 0 : 1]} ${clock}`
  const sameYear = time.getFullYear() === new Date(now).getFullYear()
  if (chinese) return `${sameYear ? '' : `${time.getFullYear()}年`}${time.getMonth() + 1}月${time.getDate()}日 ${clock}`
  return `${time.getDate()} ${months[time.getMonth()]}${sameYear ? '' : ` ${time.getFullYear()}`}, ${clock}`
}
