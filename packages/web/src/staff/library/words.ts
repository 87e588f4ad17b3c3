import type { Words } from '../words.ts'

export const libraryWords = {
  'library.title': ['量表库', 'Instruments'],
  'library.intro': ['已发布的版本永不改变；更正会成为新版本。', 'A released version never changes; a correction becomes a new version.'],
  'library.itemCount': ['{count} 题', '{count} items'],
  'library.versionOf': ['版本 {version}', 'version {version}'],
  'library.minutes': ['约 {minutes} 分钟', 'about {minutes} min'],
  'library.emptyTitle': ['没有这样的量表', 'There is no such instrument'],
  'library.search': ['查找', 'Search'],
  'library.found': ['{count} / {of} 个量表', '{count} of {of} instruments'],
  'library.scoringOnly': ['仅计分，题目文字由许可方提供', 'scoring only, the words come from the licence holder'],
  'library.terms': ['许可条款：', 'Terms: '],
  'library.termsEnglish': ['许可条款（英文原文）：', 'Terms: '],
  'library.attribution': ['署名：', 'Attribution: '],
  'licence.free': ['可免费使用', 'free to use'],
  'licence.non-commercial': ['仅限非商业使用', 'non-commercial use only'],
  'licence.permission-needed': ['需要许可', 'permission needed'],
  'language.zh-CN': ['简体中文', 'Chinese (simplified)'],
  'language.zh-Hant': ['繁體中文', 'Chinese (traditional)'],
  'language.en': ['英语', 'English'],
} as const satisfies Words
