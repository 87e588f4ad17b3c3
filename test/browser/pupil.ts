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
const heading = ({ page }: Visitor) => page.getByRole('heading', { level: 1 })

/** From the seat's confirmation to the first question. */
export const settleDown = async (pupil: Visitor, language: Language) => {
  await button(pupil, words[language].yes).click()
  await button(pupil, words[language].begin).click()
}

/** The number that the pupil's page shows for the question before her, or null between the questions. */
const questionNumber = async ({ page }: Visitor): Promise<number | null> => {
  const shown = page.getByRole('radiogroup')
  if ((await shown.count()) === 0) return null
  return Number(/\d+/.exec((await page.locator('.progress p').textContent()) ?? '')?.[0])
}

type Choose = (question: number, pupil: Visitor) => Promise<void>

/** Goes through the questions in turn, through the openings between the parts, up to the last page or so many. */
export const answerAll = async (pupil: Visitor, language: Language, choose: Choose, atMost = Number.POSITIVE_INFINITY): Promise<number> => {
  let answered = 0
  for (;;) {
    const before = await heading(pupil).textContent()
    if (before === words[language].end || answered === atMost) return answered
    const number = await questionNumber(pupil)
    if (number === null) await button(pupil, words[language].part).click()
    else {
      await choose(number, pupil)
      answered += 1
    }
    await pupil.page.waitForFunction(
      ([was, question]) => {
        const now = globalThis as unknown as { document: { querySelector: (query: string) => { textContent: string } | null } }
        const read = (query: string) => now.document.querySelector(query)?.textContent ?? null
        return read('h1') !== was || read('.progress p') !== question
      },
      [before, number === null ? null : await pupil.page.locator('.progress p').textContent()] as const,
    )
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
