// What a class is called a year later: 七年级1班 becomes 八年级1班, 初二(3)班 becomes 初三(3)班, 2023级3班 stays what it is.
import { classKey, gradeKey } from '../roster/places.ts'

const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

const after = (word: string): string | null => {
  const at = chinese.indexOf(word)
  if (at >= 0) return chinese[at + 1] ?? null
  return /^\d{1,2}$/.test(word) ? String(Number(word) + 1) : null
}

// 小学六年级 and 高三 end a stage; what comes after has another stage's name, so such a class graduates or is named by hand
const written: readonly RegExp[] = [
  /^(\s*(?:初|高)中?)([一二三])(?=[^一二三四五六七八九十]|$)/,
  /^(\s*(?:小学|初中|高中)?)(十[一二]?|[一二三四五六七八九]|\d{1,2})(?=\s*年)/,
  /^(\s*grade\s*)(\d{1,2})/i,
  /^(\s*)([一二三四五六七八九])(?=\s*[(（]?\s*\d+\s*[)）]?\s*班?\s*$)/,
  /^(\s*)([一二三四五六七八九])(?=\s*(?:[一二三四五六七八九]|[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）])\s*班?\s*$)/,
]

/** The same name with the next grade, or null where no grade is written in it or nothing follows in its own stage. */
export const named = (text: string): string | null => {
  for (const pattern of written) {
    const match = pattern.exec(text)
    if (!match) continue
    const [whole, stage = '', word = ''] = match
    const next = after(word)
    if (next === null || (/[初高]/.test(stage) && after('三') === next)) return null
    return `${stage}${next}${text.slice(whole.length)}`
  }
  return null
}

export type Standing = {
  /** 1 to 12, or null where the names do not say. */
  readonly grade: number | null
  /** Called by the year in which it began, so that its name stays. */
  readonly cohort: boolean
}

const numberOf = (key: string | null) =>
  key !== null && /^\d{1,2}$/.test(key) && Number(key) >= 1 && Number(key) <= 12 ? Number(key) : null

export const standingOf = (className: string, gradeName: string | null): Standing => {
  const own = gradeName === null ? classKey(className).grade : gradeKey(gradeName)
  return { grade: numberOf(own), cohort: own !== null && /^\d{2}级$/.test(own.replace(/^20/, '')) }
}

/** Primary schools end with grade 6, junior ones with 9, senior ones with 12: guessed from the highest grade that is there. */
export const lastGradeOf = (grades: readonly (number | null)[]): 6 | 9 | 12 => {
  const highest = Math.max(0, ...grades.map((grade) => grade ?? 0))
  return highest > 9 ? 12 : highest > 6 || highest === 0 ? 9 : 6
}

/** 2026-2027 for a day in the summer or autumn of 2026, 2025-2026 for one before July. */
export const labelFor = (day: Date): string => {
  const year = day.getUTCFullYear() - (day.getUTCMonth() < 5 ? 1 : 0)
  return `${year}-${year + 1}`
}

export const isLabel = (label: string) => {
  const match = /^(\d{4})-(\d{4})$/.exec(label)
  return match !== null && Number(match[2]) === Number(match[1]) + 1
}
