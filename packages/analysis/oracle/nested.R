# Classes in schools, and pupils with their own course over waves: lme4, lmerTest, pbkrtest on simulated data, at the θ where lme4's own deviance is least. Run: Rscript nested.R
suppressMessages({ library(jsonlite); library(lme4); library(lmerTest); library(pbkrtest); library(numDeriv) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20240901)
quiet <- function(x) suppressWarnings(suppressMessages(x))
checks <- list(check.conv.singular = "ignore", check.nobs.vs.nRE = "ignore", calc.derivs = FALSE)
searched <- do.call(lmerControl, c(checks, list(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, rhobeg = 1e-2, maxfun = 1e5))))
held <- do.call(lmerControl, c(checks, list(optimizer = function(fn, par, lower, upper, control) list(par = par, fval = fn(par), conv = 0, message = ""))))
fitted_at_least <- function(formula, data, reml) {
  first <- quiet(lme4::lmer(formula, data, REML = reml, control = searched))
  theta <- getME(first, "theta")
  deviance <- quiet(lme4::lmer(formula, data, REML = reml, control = searched, devFunOnly = TRUE))
  free <- which(theta > 1e-5 | getME(first, "lower") < 0)
  theta[-free] <- 0
  at <- function(x) deviance(replace(theta, free, x))
  for (round in 1:4) theta[free] <- theta[free] - solve(hessian(at, theta[free]), grad(at, theta[free]))
  quiet(lmerTest::lmer(formula, data, REML = reml, start = theta, control = held))
}
described <- function(formula, data, reml) {
  fit <- fitted_at_least(formula, data, reml)
  table <- quiet(coef(summary(fit, ddf = "Satterthwaite")))
  out <- list(coefficients = lapply(seq_len(nrow(table)), function(k) list(name = rownames(table)[k], estimate = table[k, 1], standardError = table[k, 2], df = table[k, 3])),
    theta = as.list(unname(getME(fit, "theta"))), logLik = as.numeric(logLik(fit)), AIC = AIC(fit), BIC = BIC(fit), singular = isSingular(fit, tol = 1e-6))
  if (reml) {
    adjusted <- sqrt(diag(as.matrix(vcovAdj(fit))))
    out$kenwardRoger <- lapply(seq_len(nrow(table)), function(k) list(standardError = adjusted[[k]], df = get_Lb_ddf(fit, replace(rep(0, nrow(table)), k, 1))))
  }
  out
}
classes <- function(schools, school_sd, class_sd, offset = 0) do.call(rbind, lapply(seq_len(schools), function(j) {
  u <- rnorm(1, 0, school_sd)
  do.call(rbind, lapply(seq_len(1 + rpois(1, 2)), function(k) {
    n <- 1 + rpois(1, 5); pre <- round(rnorm(n, 50, 10), 1); v <- rnorm(1, 0, class_sd)
    data.frame(school = paste0("S", j), class = as.character(k), arm = j %% 2, pre = pre, y = round(offset + 0.4 * pre - j %% 2 + u + v + rnorm(n, 0, 2), 2))
  }))
}))
pupils <- function(schools, count, course, school_sd, sd, lost) {
  data <- do.call(rbind, lapply(seq_len(schools), function(j) {
    u <- rnorm(1, 0, school_sd)
    do.call(rbind, lapply(seq_len(count), function(p) {
      b <- drop(rnorm(2) %*% course); wave <- 0:3
      data.frame(school = paste0("S", j), pupil = paste0("S", j, "P", p), wave = wave, arm = j %% 2, y = round(10 + u + b[1] + b[2] * wave - 0.3 * wave * (j %% 2) + rnorm(4, 0, sd), 2))
    }))
  }))
  data[-sample(nrow(data), lost), ]
}
course <- chol(matrix(c(2, 0.3, 0.3, 0.4), 2))
line <- chol(matrix(c(2, 0.4, 0.4, 0.0801), 2))
cases <- list(
  list(name = "classes in schools", formula = y ~ pre + arm + (1 | school / class), levels = list(list("school"), list("school", "class")), slopes = list(FALSE, FALSE), data = classes(9, 1.5, 1.2)),
  list(name = "no school variance, a large offset", formula = y ~ pre + arm + (1 | school / class), levels = list(list("school"), list("school", "class")), slopes = list(FALSE, FALSE), data = classes(9, 0, 1.5, 1e4)),
  list(name = "pupils over waves", formula = y ~ wave * arm + (1 + wave | pupil), levels = list(list("pupil")), slopes = list(TRUE), data = pupils(6, 5, course, 0, 1, 17)),
  list(name = "pupils over waves in schools", formula = y ~ wave * arm + (1 + wave | pupil) + (1 | school), levels = list(list("school"), list("pupil")), slopes = list(FALSE, TRUE), data = pupils(7, 5, course, 1, 1, 20)),
  list(name = "intercept and slope as one", formula = y ~ wave * arm + (1 + wave | pupil), levels = list(list("pupil")), slopes = list(TRUE), data = pupils(6, 5, line, 0, 1.6, 10)))
made <- function(case) list(name = case$name, formula = paste(deparse(case$formula, 500), collapse = ""), levels = case$levels, slopes = case$slopes, rows = case$data,
  REML = described(case$formula, case$data, TRUE), ML = described(case$formula, case$data, FALSE))
trial <- pupils(9, 6, course, 0.5, 1, 25)
trial$wave <- paste0("w", trial$wave); trial$arm <- c("control", "programme")[trial$arm + 1]
shock <- setNames(rnorm(36, 0, 0.7), paste0(rep(paste0("S", 1:9), 4), rep(paste0("w", 0:3), each = 9)))
trial$y <- round(trial$y + shock[paste0(trial$school, trial$wave)], 2)
trial_formula <- y ~ wave * arm + (1 | school) + (1 | school:wave) + (1 | pupil)
together <- KRmodcomp(fitted_at_least(trial_formula, trial, TRUE), cbind(matrix(0, 3, 5), diag(3)))$test["Ftest", ]
joint <- list(statistic = together$stat, dfNumerator = together$ndf, dfDenominator = together$ddf, p = together$p.value)
golden <- list(provenance = list(made_by = "oracle/nested.R", R = R.version.string, lme4 = as.character(packageVersion("lme4")), lmerTest = as.character(packageVersion("lmerTest")),
  pbkrtest = as.character(packageVersion("pbkrtest")), data = "simulated", tolerance = list(estimates = 1e-6, df = 1e-6, logLik = 1e-9)), cases = lapply(cases, made),
  waves = list(rows = trial, REML = described(trial_formula, trial, TRUE), joint = joint))
write(toJSON(golden, digits = I(17), auto_unbox = TRUE), file.path(folder, "nested.golden.json"))
