// Every sentence of the report in both languages.
import type { Language } from '../plots/theme.ts'
import { english } from './words/en.ts'
import { chinese, type Words } from './words/zh-cn.ts'

export type { Words }
export const wordsIn = (language: Language): Words => (language === 'en' ? english : chinese)
