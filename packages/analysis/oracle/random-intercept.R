# Random-intercept models by lme4 and pbkrtest on small simulated trials. Run: Rscript random-intercept.R
suppressMessages({ library(jsonlite); library(lme4); library(pbkrtest) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

trial <- function(seed, sizes, school_sd, arms = 2, effect = -1.5, offset = 0) {
  set.seed(seed)
  school <- rep(seq_along(sizes), sizes)
  arm <- (school - 1) %% arms
  pre <- round(rnorm(length(school), 8, 4), 2)
  post <- round(offset + 3 + 0.6 * pre + effect * (arm == 1) + rnorm(length(sizes), 0, school_sd)[school] + rnorm(length(school), 0, 3), 2)
  data.frame(school = school, arm = arm, pre = pre, post = post)
}

fitted <- function(name, data, formula, columns) {
  fit <- suppressMessages(lmer(formula, data, REML = TRUE, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5), calc.derivs = FALSE)))
  adjusted <- vcovAdj(fit)
  contrast <- function(place) { l <- rep(0, length(fixef(fit))); l[place] <- 1; l }
  coefficients <- lapply(seq_along(fixef(fit)), function(place) list(
    estimate = unname(fixef(fit)[place]), standardError = sqrt(adjusted[place, place]), df = get_Lb_ddf(fit, contrast(place))))
  values <- unname(as.matrix(cbind(model.matrix(fit)[, -1, drop = FALSE], data$post)))
  list(name = name, names = columns, singular = isSingular(fit), rows = lapply(seq_len(nrow(data)), function(i) list(school = paste0("S", data$school[i]), values = values[i, ])), coefficients = coefficients)
}

formula <- post ~ factor(arm) + pre + (1 | school)
cases <- list(
  fitted("ten schools of unequal size, one of them a single pupil", trial(1, c(1, 4, 7, 7, 9, 12, 5, 8, 3, 6), 1.5), formula, c("arm", "baseline")),
  fitted("schools that do not differ: a singular fit", trial(8, rep(6, 8), 0), formula, c("arm", "baseline")),
  fitted("three arms", trial(3, c(6, 8, 5, 7, 6, 9, 4, 5, 8), 2, arms = 3), formula, c("arm 1", "arm 2", "baseline")),
  fitted("one arm of a single school", transform(trial(4, c(9, 7, 8, 6, 10), 1), arm = as.numeric(school == 1)), formula, c("arm", "baseline")),
  fitted("an offset of a million", trial(1, c(1, 4, 7, 7, 9, 12, 5, 8, 3, 6), 1.5, offset = 1e6), formula, c("arm", "baseline")),
  fitted("the mean alone", trial(6, c(5, 9, 2, 7, 4, 6), 2), post ~ 1 + (1 | school), character(0))
)
golden <- list(
  provenance = list(made_by = "oracle/random-intercept.R", R = R.version.string, lme4 = as.character(packageVersion("lme4")), pbkrtest = as.character(packageVersion("pbkrtest")),
    data = "simulated", tolerance = list(kenward_roger_df = 1e-6, kenward_roger_standard_error = 1e-6)),
  cases = lapply(cases, function(case) { case$names <- I(case$names); case$rows <- lapply(case$rows, function(row) list(school = row$school, values = I(row$values))); case })
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE), file.path(folder, "random-intercept.golden.json"))
