const two = (value: number) => (value < 10 ? `0${value}` : String(value))
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** A day and an hour written out, for paper and for whoever reads it later: never “today”. */
export const dateAndTime = (at: string, language: 'zh-CN' | 'en'): string => {
  const time = new Date(at)
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`
  if (language === 'zh-CN') return `${time.getFullYear()}年${time.getMonth() + 1}月${time.getDate()}日 ${clock}`
  return `${time.getDate()} ${months[time.getMonth()]} ${time.getFullYear()}, ${clock}`
}
