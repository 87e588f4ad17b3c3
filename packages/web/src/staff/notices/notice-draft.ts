import { type NoticeField, type NoticeText, type NoticeTexts, noticeFields } from '../../i18n/notice.ts'
import type { Notice } from '../wire.ts'
import { hasGap, startingText, startingTitle } from './starting-text.ts'

const place = { 'zh-CN': 0, en: 1 } as const
export type NoticeLanguage = keyof typeof place

const textOf = (title: string, field: (name: NoticeField) => string): NoticeText => ({
  title,
  fields: Object.fromEntries(noticeFields.map((name) => [name, field(name)])) as Record<NoticeField, string>, // of all its names
})

export const blankText = (): NoticeText => textOf('', () => '')

/** Fills what is empty with the starting text and leaves what somebody wrote. */
export const filledText = (text: NoticeText, purpose: Notice['purpose'], language: NoticeLanguage): NoticeText => {
  const at = place[language]
  return textOf(text.title || startingTitle[purpose][at], (name) => text.fields[name] || startingText(name, purpose)[at])
}

export type Fault = { readonly language: NoticeLanguage; readonly field: NoticeField | 'title'; readonly kind: 'empty' | 'gap' }

/** What keeps a text from being published: a field that is empty or that still has a gap to fill. */
export const faultsOf = (texts: NoticeTexts): readonly Fault[] =>
  (['zh-CN', 'en'] as const).flatMap((language) => {
    const text = texts[language]
    if (!text) return []
    const parts = [['title', text.title] as const, ...noticeFields.map((field) => [field, text.fields[field]] as const)]
    return parts.flatMap(([field, words]): Fault[] => {
      if (words.trim() === '') return [{ language, field, kind: 'empty' }]
      return hasGap(words) ? [{ language, field, kind: 'gap' }] : []
    })
  })
