/** Which way words point: a rough lexicon, good enough to ask a person to look and never to change a key. */
import type { ForeignItem, ForeignOption } from './foreign.ts'
import { anyWords } from './words.ts'

const negators =
  /(?:\b(?:little|no|not|lack(?:ed|ing)?|less|without|hardly|never|few|cannot|unable|difficult\w*|trouble|hard)|n['’]t)\b[^.;]{0,24}$/i
const good =
  /\b(?:happy|happiness|hopeful|calm|peaceful|cheerful|enjoy(?:ed|s)?|satisfied|confident|proud|worth(?:y|while)?|good (?:as|qualities|about)|positive attitude|relaxed|energetic|pleased|interesting|able to do things|well[- ]liked)\b/gi
const bad =
  /(?:^|had |have )trouble|\b(?:sad|unhappy|depressed|hopeless|down(?:hearted)?|blue|blues|fail(?:ure|ed)?|nervous|anxious|worr(?:y|ied|ying)|afraid|fearful|lonely|useless|no good|restless|upset|tired|crying|disliked|unfriendly|irritable|annoyed|panic|scared|bothered|down in the dumps|dead|hurting yourself)\b/i
const goodChinese = /(?:快乐|高兴|愉快|开心|幸福|有希望|平静|满意|自豪|有信心|有价值|享受|轻松|好品质)/
const badChinese = /(?:难过|悲伤|沮丧|抑郁|绝望|失败|紧张|焦虑|担心|害怕|孤独|孤单|没用|烦恼|痛苦|哭|自杀|死|恐惧|忧|疲倦)/
const negatorChinese = /[不没無无缺少][^，。；]{0,4}$/

const directions = new WeakMap<ForeignItem, -1 | 0 | 1>()

/** +1 when an item says something good, -1 something bad, 0 when the lexicon cannot tell. */
export const wordingDirection = (item: ForeignItem): -1 | 0 | 1 => {
  const direction = directions.get(item) ?? directionOf(item)
  directions.set(item, direction)
  return direction
}

const directionOf = (item: ForeignItem): -1 | 0 | 1 => {
  const text = anyWords(item.words) ?? ''
  const chinese = goodChinese.exec(text)
  if (chinese) return negatorChinese.test(text.slice(0, chinese.index)) ? -1 : badChinese.test(text) ? 0 : 1
  if (badChinese.test(text)) return -1
  const praised = [...text.matchAll(good)].some(({ index }) => !negators.test(text.slice(Math.max(0, index - 40), index)))
  const blamed = bad.test(text)
  return praised === blamed ? 0 : praised ? 1 : -1
}

const little =
  /^(?:not at all|never|none of the time|no|rarely|strongly disagree|disagree|did not apply|not bothered|not true)\b|^(?:从不|从来没有|完全不会|没有|完全没有|很不符合|非常不同意)/i
const much =
  /^(?:nearly every day|always|all of the time|most (?:or all )?of the time|often|strongly agree|agree|yes|applied to me very much|bothered a lot|certainly true|very often)\b|^(?:总是|几乎每天|经常|非常符合|非常同意)/i

const ends = (options: readonly ForeignOption[]) => {
  const valued = options.flatMap(({ value, words }) => (value === null ? [] : [{ value, text: anyWords(words) ?? '' }]))
  return { low: valued.find(({ text }) => little.test(text)), high: valued.findLast(({ text }) => much.test(text)) }
}

/** +1 when more of what is asked has the higher value ("never" 0, "always" 3), -1 the other way round, 0 when the words do not tell. */
export const optionDirection = (options: readonly ForeignOption[]): -1 | 0 | 1 => {
  const { low, high } = ends(options)
  if (!low || !high || low.value === high.value) return 0
  return low.value < high.value ? 1 : -1
}

const better =
  /(?:high(?:er)?(?: scores?| values?| totals?)?\s*(?:=|mean|means|indicate|indicates|reflect|reflects|are|is)\s*(?:a )?(?:better|greater well|higher self|more positive|higher well|greater self|greater satis|higher satis))|(?:lower?(?: scores?)?\s*(?:=|mean|means|indicate|indicates|are)\s*(?:a )?(?:worse|poorer|more severe))|得分越高[^，。]{0,12}(?:越好|越健康|自尊)/i
const worse =
  /(?:high(?:er)?(?: scores?| values?| totals?)?\s*(?:=|mean|means|indicate|indicates|reflect|reflects|are|is)\s*(?:a )?(?:worse|more severe|greater (?:distress|depress|anx|severity)|more depress))|得分越高[^，。]{0,12}(?:越差|越严重)|clinically significant|severity|depressive symptoms/i

/** What a description says about high scores: +1 better, -1 worse, 0 nothing that is understood. */
export const statedDirection = (description: string): -1 | 0 | 1 => {
  if (better.test(description)) return 1
  return worse.test(description) ? -1 : 0
}

const harm =
  /\b(?:dead|want(?:ed)? to die|suicid\w*|kill(?:ing)? (?:myself|yourself|himself|herself)|hurt(?:ing)? (?:myself|yourself|himself|herself)|harm(?:ing)? (?:myself|yourself)|self-harm|life (?:is|was|felt) (?:not worth|meaningless)|ending (?:my|your) life)\b|自杀|自殺|不如死|死掉|轻生|輕生|自残|自殘|伤害自己|傷害自己|结束自己的生命|不想活|活着没意思|生命毫[无無]意[义義]/i

/** Whether an item asks about suicide or self-harm, in any of its languages. */
export const asksAboutHarm = ({ words }: ForeignItem): boolean => Object.values(words).some((text) => harm.test(text))
