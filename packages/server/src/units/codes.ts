// Administrative codes as the national standards build them. The first six digits are GB/T 2260 (two for the province, two for the
// prefecture or city, two for the county); a township has nine and a village twelve (statistical division codes); a school has the ten
// digits of its 学校标识码. Checked: how many digits, that the province exists, that a county is no whole province or city, that what is below
// begins with what is above. Not checked: whether a code is on the current list (it changes every year), and how a school's code is built.
import type { UnitKind } from '../db/tables.ts'
import { Problem } from '../problem.ts'

const provinces: Readonly<Record<string, string>> = {
  11: '北京市',
  12: '天津市',
  13: '河北省',
  14: '山西省',
  15: '内蒙古自治区',
  21: '辽宁省',
  22: '吉林省',
  23: '黑龙江省',
  31: '上海市',
  32: '江苏省',
  33: '浙江省',
  34: '安徽省',
  35: '福建省',
  36: '江西省',
  37: '山东省',
  41: '河南省',
  42: '湖北省',
  43: '湖南省',
  44: '广东省',
  45: '广西壮族自治区',
  46: '海南省',
  50: '重庆市',
  51: '四川省',
  52: '贵州省',
  53: '云南省',
  54: '西藏自治区',
  61: '陕西省',
  62: '甘肃省',
  63: '青海省',
  64: '宁夏回族自治区',
  65: '新疆维吾尔自治区',
  71: '台湾省',
  81: '香港特别行政区',
  82: '澳门特别行政区',
}

/** The province that a county's code names, or null where it has none. */
export const provinceOf = (code: string | null): string | null => provinces[code?.slice(0, 2) ?? ''] ?? null

const digits: Readonly<Record<UnitKind, number | null>> = { county: 6, township: 9, village: 12, school: 10, grade: null, class: null }

const requireBuilt = (kind: UnitKind, code: string) => {
  const length = digits[kind]
  if (length === null) return
  if (!new RegExp(`^\\d{${length}}$`).test(code)) throw new Problem('unit.code-wrong', { digits: length, code })
  if (kind === 'school') return
  if (provinceOf(code) === null) throw new Problem('unit.code-province-unknown', { code, province: code.slice(0, 2) })
  if (/^..(00|..00)/.test(code)) throw new Problem('unit.code-not-a-county', { code: code.slice(0, 6) })
  const own = code.slice(6)
  if (kind !== 'county' && (/^000/.test(own) || /^...000$/.test(own))) throw new Problem('unit.code-wrong', { digits: length, code })
}

export type Coded = {
  readonly id: string
  readonly parentId: string | null
  readonly kind: UnitKind
  readonly name: string
  readonly code: string | null
}

const placed = (kind: UnitKind) => kind === 'county' || kind === 'township' || kind === 'village'

const above = (unit: Coded, units: readonly Coded[]): readonly Coded[] => {
  const parent = units.find(({ id }) => id === unit.parentId)
  return parent ? [parent, ...above(parent, units)] : []
}

/** Refuses a code that is not built as its kind's, that another unit has, or that does not fit to what stands above and below. */
export const requireCode = (unit: Coded, units: readonly Coded[]) => {
  const { code, kind, id } = unit
  const others = units.filter((other) => other.id !== id)
  if (code === null) return
  requireBuilt(kind, code)
  if (digits[kind] === null) return
  const same = others.find((other) => other.kind === kind && other.code === code)
  if (same) throw new Problem('unit.code-taken', { code, name: same.name })
  if (!placed(kind)) return
  const parent = above(unit, others).find((other) => placed(other.kind) && other.code !== null)
  if (parent && !code.startsWith(parent.code!))
    throw new Problem('unit.code-outside', { code, name: parent.name, parentCode: parent.code! })
  const stray = others.find(
    (other) =>
      placed(other.kind) && other.code !== null && !other.code.startsWith(code) && above(other, units).some((one) => one.id === id),
  )
  if (stray) throw new Problem('unit.code-below', { code, name: stray.name, childCode: stray.code! })
}
