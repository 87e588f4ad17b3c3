# Clusters, proportions and meta-analysis by R (metafor, aov, glm) on small simulated data. Run: Rscript synthesis.R
suppressMessages({ library(jsonlite); library(metafor) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260103)
z <- qnorm(0.975)

icc <- function(name, sizes, between, offset = 0) {
  school <- rep(seq_along(sizes), sizes)
  y <- offset + round(rnorm(sum(sizes)) + rnorm(length(sizes), 0, between)[school], 3)
  table <- summary(aov(y - offset ~ factor(school)))[[1]]
  ms <- table[["Mean Sq"]]; df <- table[["Df"]]; f <- ms[1] / ms[2]
  n0 <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
  of <- function(f) (f - 1) / (f - 1 + n0)
  list(name = name, groups = lapply(split(y, school), I), icc = of(f), statistic = f, p = pf(f, df[1], df[2], lower.tail = FALSE),
    interval = c(of(f / qf(0.975, df[1], df[2])), of(f / qf(0.025, df[1], df[2]))), averageSize = n0)
}

proportions <- function(name, x1, n1, x0, n0) {
  p <- c(x1 / n1, x0 / n0)
  of <- function(measure) escalc(measure, ai = x1, n1i = n1, ci = x0, n2i = n0, add = 0, to = "none")
  part <- function(measure, f) { e <- of(measure); s <- sqrt(as.numeric(e$vi)); list(estimate = f(as.numeric(e$yi)), standardError = s,
    interval = f(as.numeric(e$yi) + c(-z, z) * s), p = 2 * pnorm(-abs(as.numeric(e$yi) / s))) }
  odds <- of("OR")
  list(name = name, first = list(events = x1, n = n1), second = list(events = x0, n = n0), riskDifference = part("RD", identity),
    riskRatio = part("RR", exp), oddsRatio = part("OR", exp), cox = as.numeric(odds$yi) / 1.65, coxError = sqrt(as.numeric(odds$vi)) / 1.65)
}

meta <- function(name, yi, vi) {
  fit <- function(method, test = "z") rma(yi, vi, method = method, test = test, control = list(threshold = 1e-14, maxiter = 10000, tau2.max = 1e6))
  random <- function(method) {
    m <- fit(method); h <- fit(method, "knha"); p <- predict(m); q <- predict(h)
    list(estimate = as.numeric(m$beta), standardError = m$se, p = m$pval, interval = c(m$ci.lb, m$ci.ub), betweenVariance = m$tau2, iSquared = m$I2,
      predictionInterval = c(p$pi.lb, p$pi.ub), knappHartung = list(standardError = h$se, statistic = h$zval, p = h$pval, interval = c(h$ci.lb, h$ci.ub)),
      knappHartungPrediction = c(q$pi.lb, q$pi.ub))
  }
  f <- fit("FE")
  list(name = name, studies = data.frame(estimate = yi, variance = vi), heterogeneity = list(statistic = f$QE, p = f$QEp),
    fixed = list(estimate = as.numeric(f$beta), standardError = f$se, statistic = f$zval, p = f$pval, interval = c(f$ci.lb, f$ci.ub)),
    derSimonianLaird = random("DL"), reml = random("REML"))
}

permutation <- function(name, sizes, programme, effect, covariate) {
  school <- rep(seq_along(sizes), sizes); n <- sum(sizes)
  x <- round(rnorm(n), 3); y <- round(effect * (school %in% programme) + covariate * x + rnorm(length(sizes), 0, 0.5)[school] + rnorm(n), 3)
  r <- if (covariate == 0) y - mean(y) else resid(lm(y ~ x))
  size <- tapply(r, school, length); total <- tapply(r, school, sum)
  gap <- function(s) abs(sum(total[s]) / sum(size[s]) - sum(total[-s]) / sum(size[-s]))
  gaps <- combn(length(sizes), length(programme), gap)
  list(name = name, pupils = data.frame(school = as.character(school), inProgramme = school %in% programme, post = y, covariate = x), adjusted = covariate != 0,
    statistic = gap(programme), allocations = length(gaps), p = mean(gaps >= gap(programme) * (1 - 1e-12)))
}

golden <- list(
  provenance = list(made_by = "oracle/synthesis.R", R = R.version.string, metafor = as.character(packageVersion("metafor")), data = "simulated",
    tolerance = "1e-12; 1e-10 for REML, which metafor iterates"),
  icc = list(icc("schools of one size", rep(8, 6), 0.5), icc("unequal schools, one of a single pupil", c(1, 5, 12, 30, 7), 0.3),
    icc("an offset of a million", c(4, 6, 9), 1, 1e6), icc("schools that differ less than chance", rep(5, 8), 0)),
  proportions = list(proportions("two arms", 30, 60, 20, 58), proportions("rare events", 3, 400, 9, 390)),
  meta = list(
    meta("six counties", round(rnorm(6, -0.25, 0.3), 3), round(runif(6, 0.01, 0.08), 4)),
    meta("two counties", c(0.1, 0.5), c(0.01, 0.02)),
    meta("counties alike", c(0.2, 0.21, 0.19, 0.22), c(0.05, 0.04, 0.06, 0.05)),
    meta("twenty counties of unequal size", round(rnorm(20, 0.3, 0.5), 3), round(exp(runif(20, -7, 0)), 5))
  ),
  permutation = list(permutation("ten schools", c(5, 8, 6, 9, 4, 7, 7, 5, 10, 6), c(1, 3, 5, 8, 9), 0.8, 0), permutation("six schools and a covariate", c(4, 5, 6, 4, 7, 3), c(2, 4, 6), 1.5, 0.7))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = 1, dataframe = "rows"), file.path(folder, "synthesis.golden.json"))
