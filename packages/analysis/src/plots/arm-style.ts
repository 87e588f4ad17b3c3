import type { PlotArm } from './figure.ts'
import { armColours, palette } from './theme.ts'

const programmeMarks = [
  { shape: 'circle', dash: [1, 0] },
  { shape: 'diamond', dash: [8, 3] },
  { shape: 'triangle-up', dash: [2, 3] },
] as const

export type ArmStyle = { readonly colour: string; readonly shape: string; readonly dash: readonly number[]; readonly filled: boolean }

const control: ArmStyle = { colour: palette.control, shape: 'square', dash: [5, 4], filled: false }

/** How each arm is drawn: by colour, and by shape and dash too, so that black and white print and colour-blind eyes lose nothing. */
export const armStyles = (arms: readonly PlotArm[]): ReadonlyMap<string, ArmStyle> => {
  const programmes = arms.filter((arm) => !arm.control)
  return new Map(
    arms.map((arm) => {
      const place = programmes.indexOf(arm)
      const style = { colour: armColours[place % armColours.length]!, ...programmeMarks[place % programmeMarks.length]!, filled: true }
      return [arm.id, arm.control ? control : style] as const
    }),
  )
}

/** The properties of a point mark of an arm. */
export const pointOf = ({ colour, shape, filled }: ArmStyle, size = 90) =>
  ({ type: 'point', shape, size, opacity: 1, filled: true, fill: filled ? colour : '#ffffff', stroke: colour, strokeWidth: 1.8 }) as const
