// Names as the national division of places writes them. A hint for whoever types, never a refusal: 特区 and school names have no rule.
import type { Unit } from '../wire.ts'

const endings: Readonly<Record<Unit['kind'], RegExp>> = {
  county: /(县|区|市|旗|林区|特区)$/,
  township: /(乡|镇|街道|苏木|办事处|区公所)$/,
  village: /(村|社区|嘎查|居委会|村委会|居民委员会|村民委员会)$/,
  school: /(学校|小学|中学|学院|中心校|完小|教学点|一中|二中|三中|附中|附小|高中|初中|职高|幼儿园|校区|校)$/,
  grade: /级$|^(初|高)[一二三]$/,
  class: /班$/,
}

const bare = (name: string) => name.trim().replace(/[（(][^（）()]*[）)]$/, '')

/** A Chinese name that does not end as such a unit's name does; others are not judged. */
export const looksUnusual = (kind: Unit['kind'], name: string): boolean => /[\u4e00-\u9fff]/.test(name) && !endings[kind].test(bare(name))
