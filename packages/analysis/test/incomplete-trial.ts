/** A simulated trial with holes, for the tests of what is missing: ten schools or so many, two arms, pre and post. Not real data. */
import { seededRandom } from '@tongxing/instruments'
import { incompleteFactor, incompleteNumbers } from '../src/missing/incomplete-column.ts'
import { normalDraw } from '../src/missing/random-draws.ts'

type Asked = {
  readonly seed: number
  readonly schools?: number
  readonly pupils?: number
  readonly effect?: number
  readonly missing?: boolean
}

/** Post depends on pre (0.6), arm, sex (0.4) and the school; of each pupil at most one value is missing, at random given what is seen. */
export const incompleteTrial = ({ seed, schools = 10, pupils = 20, effect = -0.3, missing = true }: Asked) => {
  const random = seededRandom(seed)
  const normal = () => normalDraw(random)
  const rows = Array.from({ length: schools }, (_, school) => {
    const own = 0.3 * normal()
    return Array.from({ length: pupils }, () => {
      const male = random() < 0.5
      const pre = 0.3 * Number(male) + normal()
      const post = 0.6 * pre + 0.4 * Number(male) + effect * (school % 2) + own + 0.8 * normal()
      const hint = post + 0.8 * normal()
      const hole = random()
      const lost = (risk: number) => missing && random() < 1 / (1 + Math.exp(-risk))
      const [noPre, noPost, noSex] = [
        hole < 0.3 && lost(hint - 1),
        hole >= 0.3 && hole < 0.8 && lost(pre - 1),
        hole >= 0.8 && lost(hint - 1),
      ]
      return {
        school: `S${school}`,
        arm: school % 2 ? 'programme' : 'control',
        pre: noPre ? null : pre,
        post: noPost ? null : post,
        sex: noSex ? null : male ? 'M' : 'F',
        hint,
      }
    })
  }).flat()
  return {
    rows,
    clusters: rows.map(({ school }) => school),
    columns: [
      incompleteFactor(
        'arm',
        rows.map(({ arm }) => arm),
        'control',
      ),
      incompleteNumbers(
        'pre',
        rows.map(({ pre }) => pre),
      ),
      incompleteNumbers(
        'post',
        rows.map(({ post }) => post),
      ),
      incompleteFactor(
        'sex',
        rows.map(({ sex }) => sex),
      ),
      incompleteNumbers(
        'hint',
        rows.map(({ hint }) => hint),
      ),
    ],
  }
}
