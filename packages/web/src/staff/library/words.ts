import type { Words } from '../words.ts'

export const libraryWords = {
  'library.title': ['量表库', 'Instruments'],
  'library.intro': ['已发布的版本永不改变；更正会成为新版本。', 'A released version never changes; a correction becomes a new version.'],
  'library.instrument': ['量表', 'Instrument'],
  'library.version': ['版本', 'Version'],
  'library.items': ['题目', 'Items'],
  'library.minutes': ['约 {minutes} 分钟', 'about {minutes} min'],
  'library.languages': ['语言', 'Languages'],
  'library.licence': ['许可', 'Licence'],
  'library.emptyTitle': ['量表库是空的', 'The library is empty'],
  'licence.free': ['可免费使用', 'free to use'],
  'licence.non-commercial': ['仅限非商业使用', 'non-commercial use only'],
  'licence.permission-needed': ['需要许可', 'permission needed'],
  'language.zh-CN': ['简体中文', 'Chinese (simplified)'],
  'language.en': ['英语', 'English'],
} as const satisfies Words
