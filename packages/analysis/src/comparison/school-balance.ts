/** The baseline table one level up: schools, described by the means of their pupils. */
import { type Description, describe } from '../describe.ts'
import { type Covariate, comparedAs } from './baseline-balance.ts'

type Arms<T> = { readonly programme: T; readonly control: T }
export type SchoolBalance = {
  /** pupils of a school */
  readonly sizes: Arms<Description & { readonly least: number; readonly most: number }>
  /** of the schools' means, or of a level's shares in them */
  readonly rows: readonly ({ readonly name: string; readonly level: string | null } & Arms<Description>)[]
}

const meanOf = (values: readonly number[]): readonly number[] => {
  const { mean } = describe(values)
  return mean === null ? [] : [mean]
}

/**
 * Schools of two arms at baseline: how many, how large, and mean and standard deviation of their means. Not graded: a handful of schools differ by chance.
 * @param inProgramme @param schools pupil by pupil; @param covariates as in baselineBalance
 * @returns a school with pupils in both arms is described in each. Example: schoolBalance(arms, schools, []).sizes.programme.n is the number of schools
 */
export const schoolBalance = (
  inProgramme: readonly boolean[],
  schools: readonly string[],
  covariates: readonly Covariate[],
): SchoolBalance => {
  const pupils = schools.map((school, pupil) => ({ school, pupil }))
  const schoolsIn = (arm: boolean) => [
    ...Map.groupBy(
      pupils.filter(({ pupil }) => inProgramme[pupil] === arm),
      ({ school }) => school,
    ).values(),
  ]
  const both = <T>(make: (schools: ReturnType<typeof schoolsIn>) => T): Arms<T> => ({
    programme: make(schoolsIn(true)),
    control: make(schoolsIn(false)),
  })
  const described = (values: readonly (number | null)[]) =>
    both((found) =>
      describe(found.flatMap((members) => meanOf(members.map(({ pupil }) => values[pupil]!).filter((value) => value !== null)))),
    )
  return {
    sizes: both((found) => {
      const sizes = found.map((members) => members.length)
      return { ...describe(sizes), least: Math.min(...sizes), most: Math.max(...sizes) }
    }),
    rows: covariates.flatMap((covariate): SchoolBalance['rows'] => {
      const groups = comparedAs(covariate)
      if (groups)
        return groups.levels.map((level) => ({
          name: covariate.name,
          level,
          ...described(groups.values.map((value) => (value === null ? null : Number(value === level)))),
        }))
      return covariate.kind === 'numbers' ? [{ name: covariate.name, level: null, ...described(covariate.values) }] : []
    }),
  }
}
