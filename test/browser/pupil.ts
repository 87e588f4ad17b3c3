// What a pupil does on her page, by what she reads there.
import type { Visitor } from './browser.ts'

export const words = {
  'zh-CN': {
    enter: '继续',
    yes: '是我',
    begin: '开始',
    part: '开始这一部分',
    skip: '跳过这题',
    end: '题目答完了',
    handIn: '交上我的回答',
    thanks: '谢谢你',
  },
  en: {
    enter: 'Continue',
    yes: 'Yes, this is me',
    begin: 'Begin',
    part: 'Start this part',
    skip: 'Skip this question',
    end: 'That was the last question',
    handIn: 'Hand in my answers',
    thanks: 'Thank you',
  },
} as const
export type Language = keyof typeof words

const button = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true })

/** From the seat's confirmation to the first question. */
export const settleDown = async (pupil: Visitor, language: Language) => {
  await button(pupil, words[language].yes).click()
  await button(pupil, words[language].begin).click()
}

type Reading = { readonly heading: string | null; readonly progress: string | null }
/**
 * What the page shows once it is another than before and takes an answer (a question takes none in its first moment), in one look: a page that
 * moves on between two looks would be half of each. The page itself watches for it, which costs less than asking it all the time.
 */
const nextPage = ({ page }: Visitor, language: Language, before: Reading | null): Promise<Reading> =>
  page.evaluate<Reading>(`new Promise((resolve, reject) => {
    const [before, leads] = ${JSON.stringify([JSON.stringify(before), [words[language].part, words[language].handIn]])}
    const text = (selector) => document.querySelector(selector)?.textContent ?? null
    const takesAnAnswer = () => document.querySelector('[role=radio]:enabled') !== null ||
      Array.from(document.querySelectorAll('button:enabled')).some((button) => leads.includes(button.textContent.trim()))
    const look = () => {
      const now = { heading: text('h1'), progress: text('.progress p') }
      if (JSON.stringify(now) === before || !takesAnAnswer()) return
      end()
      resolve(now)
    }
    const watch = new MutationObserver(look)
    const timer = setTimeout(() => {
      end()
      reject(new Error('the page stays at ' + text('main')))
    }, 30000)
    const end = () => {
      watch.disconnect()
      clearTimeout(timer)
    }
    watch.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true })
    look()
  })`)

type Choose = (question: number, pupil: Visitor) => Promise<void>

/** Goes through the questions in turn, through the openings between the parts, up to the last page or so many. */
export const answerAll = async (pupil: Visitor, language: Language, choose: Choose, atMost = Number.POSITIVE_INFINITY): Promise<number> => {
  let answered = 0
  for (let page = await nextPage(pupil, language, null); ; page = await nextPage(pupil, language, page)) {
    if (page.heading === words[language].end || answered === atMost) return answered
    if (page.progress === null) await button(pupil, words[language].part).click()
    else {
      await choose(Number(/\d+/.exec(page.progress)?.[0]), pupil)
      answered += 1
    }
  }
}

/** By touch or mouse: the option in this place, the first being 0. */
export const touch =
  (option: number): Choose =>
  (_, { page }) =>
    page.getByRole('radio').nth(option).click()

/** By the number keys. */
export const press =
  (option: number): Choose =>
  async (_, { page }) => {
    await page.locator('[role=radio]:enabled').first().waitFor() // a question takes no answer in its first moment
    await page.keyboard.press(String(option + 1))
  }

export const handIn = async (pupil: Visitor, language: Language) => {
  await button(pupil, words[language].handIn).click()
  await pupil.page.getByRole('heading', { name: words[language].thanks }).waitFor()
}

/** The help page as it reads, without the line of the receipt, which differs for each pupil. */
export const helpText = async ({ page }: Visitor): Promise<string> => {
  const lines = (await page.evaluate<string>("document.querySelector('main').innerText")).split('\n')
  return lines.filter((line) => !/^(回执|Receipt) /.test(line)).join('\n')
}
