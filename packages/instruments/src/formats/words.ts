/** Words of foreign files: plain text out of light HTML, language tags, scripts, look-back periods and bands told in prose. */
import type { Threshold, Words } from './foreign.ts'
import { isRecord, textOf } from './json.ts'

const longestText = 4000

/** Without tags and runs of space. Not a sanitiser: what is shown is escaped where it is shown. */
export const plainText = (value: unknown): string | null => {
  const text = textOf(value)
  if (text === null) return null
  const bare = text
    .slice(0, longestText)
    .replace(/<[^<>]{0,300}>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
  return textOf(bare.replaceAll('&gt;', '>').replaceAll('&amp;', '&').replace(/\s+/g, ' '))
}

const named: Readonly<Record<string, string>> = { english: 'en', spanish: 'es', español: 'es', chinese: 'zh', french: 'fr', german: 'de' }

/** A language tag in its usual letters (zh-CN, pt-BR), or null when a word is no tag. */
export const languageTag = (word: string): string | null => {
  const lower = word.trim().toLowerCase().replaceAll('_', '-')
  const inBrackets = /\(([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\)/.exec(lower)?.[1]
  const tag = inBrackets ?? (Object.hasOwn(named, lower) ? named[lower]! : lower)
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/.test(tag)) return null
  const [language, ...rest] = tag.split('-')
  return [
    language,
    ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part.length === 4 ? part[0]!.toUpperCase() + part.slice(1) : part)),
  ].join('-')
}

/** Words by language from a record such as {"en": "...", "zh-cn": "..."} or from one text in a language that the file names. */
export const wordsOf = (value: unknown, language = 'en'): Words => {
  const pairs = isRecord(value) ? Object.entries(value) : [[language, value] as const]
  return Object.fromEntries(
    pairs.flatMap(([word, said]) => {
      const [tag, text] = [languageTag(word), plainText(said)]
      return tag === null || text === null ? [] : [[tag, text] as const]
    }),
  )
}

/** The last text before the questions is their stem, the one before it the instructions. */
export const stemAndInstructions = (told: readonly Words[]): { readonly stems: Words; readonly instructions: Words } => {
  const said = told.filter((words) => Object.keys(words).length > 0)
  return { stems: said.at(-1) ?? {}, instructions: said.at(-2) ?? {} }
}

/** The words that a reader of English would want first, then whatever there is. */
export const anyWords = (words: Words): string | null => words.en ?? words['en-US'] ?? words['en-GB'] ?? Object.values(words)[0] ?? null

const traditionalOnly = new Set(
  [
    '們個這來時說為會對沒學習國過發經長樣開關問題見親點無業產應當從頭還進動種機電實變條達處導總戰書體認識讓覺難靜暢氣況運費憂慮場醜將',
    '剛輕聲線張馬飛鳥門間聞風雲飯餓館駕驚麼熱愛歡樂憐憤惡惱懷歲夢夠頁願類顯現緊維續給終絕級細約紅紀純納組結統絲義聽職聯肅腦腳臉膽興舉',
    '舊藝節莊萬藥虛號蟲術衛裝補複襲規視觀觸計討訓記訪設許訴試詞話該詳語誤請論證評議護讀貝負財貧責貨貪貴買賣質賴輸較載輪軟轉辦遠適遲遷',
    '選遺邊郵鄰醫釋釣鈴銀錯錢鐘鎖鏡鐵閉閒陽陰階際險隨雖雙雜離雞頓預領頰顆飲養騎騙驗髒鬆鬥鬧鮮麗齊齒龍龜沖決減準潔濟濃濕滿漢漸潤滅災爐',
    '爭牆獨獲獎環瑪療盡監盤確礙禮禍稱積穩窮窩競筆築簡籃糧絡綠網綜緒緣編緩縮縱繪繼罰罷羅聖聰膚與艙蘭虧衝衹襯覽訊託詢詩誇誌誕誘誠誰調談',
    '諾謀謂謝謹譜譯讚豐貼賀賊賓賞賜賢賤賬賭購贈贊贏趙趕跡踐蹤躍車軌軍軒軸輔輛輝輩辭農迴迺逕連週遊遙遞遜鄉鄭醬鈔鈕鉛鋒鋪錄錦鍋鍵鍛鎮鏈',
    '鑄鑒鑰閃閣閱闆闊闖陣陳陸隊隱隸雛霧靈韓響項順須頌頑頸頻顏額顧顫颱飄餅餘饑駐駛駝騷驅驕驟鬚魚鴨鴻鵝鷹鹽麥黃黨鼴裡裏歸屬帶壓異側傷勢',
    '勞勝單啟喪嚇團園圍圓執報夾奪奮婦寧寫寬審專尋屆島嶺幣幫廠廢廣廳彈彎徑恆悅恥態慘慣憶懶戀戲擇擊擔據擠擴擺擾攝斷暫曉曆朧東棄極構槍樓',
    '標橋檢檔欄權歐歷殘毀氫汙洩淚淺測湯溫滯潑澀濤濫灣煉煙煩燒營牽狀獄琺甌畝畢畫疊瘋瘡癒癮皺盜眾睏瞭碼磚祕禦窺竄範糾紙紗紛絃絞絨綁綱緻',
    '縣縫績繞繡繩翹耬聾腸膠荊莖蒼蓋蔥蕩薩藍蘇蘊蝦蠟蠻衊裊覓診詐詛諷譏豎貓賦軀軋輒轎轟釀鉤銳鋼鑽靂頂頒頗顱飽駁騰驢髮鬱魯鴉鴿鹼麵齡',
  ].join(''),
)

/** Characters that are written so in Traditional Chinese only, each once. */
export const traditionalCharacters = (text: string): readonly string[] => [
  ...new Set([...text].filter((character) => traditionalOnly.has(character))),
]

/** Letters of a private area or of compatibility ideographs: left over from a broken font or a scan. */
export const brokenCharacters = (text: string): readonly string[] => [...new Set(text.match(/[\uE000-\uF8FF\uF900-\uFAFF\uFFFD]/g) ?? [])]

export const hasHan = (text: string) => /\p{Script=Han}/u.test(text)

/** The script of a language's words, as far as this library writes it; null for another. */
export const scriptOf = (tag: string, text: string): 'Hans' | 'Hant' | 'Latn' | null => {
  if (tag.startsWith('zh')) return traditionalCharacters(text).length >= 5 || /Hant|TW|HK|MO/.test(tag) ? 'Hant' : 'Hans'
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.every((letter) => /\p{Script=Latin}/u.test(letter)) ? 'Latn' : null
}

const numerals: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  seven: 7,
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  六: 6,
  七: 7,
  半: 0.5,
  dos: 2,
  cuatro: 4,
}
const units: readonly (readonly [RegExp, number])[] = [
  [/^(day|día|天|日)/, 1],
  [/^(week|semana|周|週|星期|礼拜)/, 7],
  [/^(month|mes|月)/, 30],
  [/^(year|año|年)/, 365],
]
const lookBackPatterns: readonly RegExp[] = [
  /\b(?:last|past|previous)\s+(\d{1,3}|one|two|three|four|six|seven)?\s*(days?|weeks?|months?|years?)\b/i,
  /(?:últimas?|últimos?)\s+(\d{1,3}|dos|cuatro)?\s*(días?|semanas?|mes(?:es)?|años?)/i,
  /(?:过去|過去|最近|近|前)(?:的)?\s*(\d{1,3}|[一二两兩三四六七半])?\s*个?個?\s*(天|日|周|週|星期|礼拜|月|年)/,
]

/** Days that a stem asks about, or null when it says nothing that is understood. A plural without a number says nothing. */
export const lookBackOf = (text: string): number | null => {
  for (const pattern of lookBackPatterns) {
    const [whole, count, unit] = pattern.exec(text.slice(0, longestText)) ?? []
    if (whole === undefined || unit === undefined) continue
    const length = units.find(([start]) => start.test(unit.toLowerCase()))?.[1]
    const many =
      count === undefined ? (/s$/i.test(unit) && !/mes$/i.test(unit) ? null : 1) : (numerals[count.toLowerCase()] ?? Number(count))
    if (length !== undefined && many !== null && many > 0) return Math.round(many * length)
  }
  return null
}

const between = /(?<![\d.])(\d{1,3})\s?(?:[-–—]\s?(\d{1,3})|(\+))\s{0,3}[=:]?\s{0,3}([A-Za-z][A-Za-z ]{2,40})/g
const upwards = /(?:≥|>=)\s?(\d{1,3})\s{0,3}[=:]?\s{0,3}([A-Za-z][A-Za-z ]{2,40})/g
const isLabel = (label: string) => /minimal|mild|moderate|severe|normal|low|medium|high|none/i.test(label)

/** Bands written into a sentence, such as "5-9 = Mild depression; 20+ severe". */
export const bandsInProse = (text: string): readonly Threshold[] => {
  const told = text.slice(0, longestText)
  const closed = [...told.matchAll(between)].map(([, from, to, open, label]) => ({
    from: Number(from),
    to: open ? Number.POSITIVE_INFINITY : Number(to),
    label: label!.trim(),
  }))
  const open = [...told.matchAll(upwards)].map(([, from, label]) => ({
    from: Number(from),
    to: Number.POSITIVE_INFINITY,
    label: label!.trim(),
  }))
  return [...closed, ...open].filter(({ from, to, label }) => from <= to && isLabel(label))
}
