// The primary model fitted again among some of the pupils: for subgroups, careful answers, other assumptions.
import type { NotEstimable } from '../result.ts'
import type { Context } from './context.ts'
import { armModel, effectOf, modelSums } from './contrast.ts'
import { type CompletePupil, isComplete } from './pupils.ts'
import type { AdjustedEffect } from './record.ts'

/** The names of the plan's covariates in the model of a scale: a scale is no covariate of itself. */
export const covariateNames = ({ covariates }: Context, scale: string): readonly string[] =>
  covariates.filter(({ column }) => column !== scale).map(({ name }) => name)

export const completePupils = (context: Context, scale: string): readonly CompletePupil[] => context.pupils(scale).filter(isComplete)

/** The effect of an arm on a scale by the model of the plan, among these pupils alone. */
export const effectAmong = (
  context: Context,
  scale: string,
  pupils: readonly CompletePupil[],
  arm = context.programmes[0]!,
): AdjustedEffect | NotEstimable =>
  effectOf(armModel(modelSums(pupils, context.control, context.programmes, covariateNames(context, scale)), context.level), arm)
