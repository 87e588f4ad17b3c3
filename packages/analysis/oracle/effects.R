# Closed forms by R on small simulated data. Run: Rscript effects.R
suppressMessages({ library(jsonlite); library(psych) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260101)

estimate <- function(test, estimate) list(estimate = estimate, standardError = test$stderr, df = unname(test$parameter),
  statistic = unname(test$statistic), p = test$p.value, lower = test$conf.int[1], upper = test$conf.int[2])
correction <- function(m) exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2)

two_samples <- function(name, first, second) {
  test <- t.test(first, second)
  df <- length(first) + length(second) - 2
  pooled <- sqrt(((length(first) - 1) * var(first) + (length(second) - 1) * var(second)) / df)
  d <- (mean(first) - mean(second)) / pooled
  list(name = name, first = first, second = second, welch = estimate(test, unname(test$estimate[1] - test$estimate[2])),
    d = d, correction = correction(df), g = correction(df) * d)
}
paired <- function(name, before, after) {
  test <- t.test(after, before, paired = TRUE)
  list(name = name, before = before, after = after, paired = estimate(test, unname(test$estimate)), dz = mean(after - before) / sd(after - before))
}
reliability <- function(name, items) {
  k <- ncol(items); n <- nrow(items)
  covariance <- cov(items)
  alpha <- k / (k - 1) * (1 - sum(diag(covariance)) / sum(covariance))
  psych_alpha <- suppressWarnings(suppressMessages(psych::alpha(as.data.frame(items), check.keys = FALSE, warnings = FALSE)))$total$raw_alpha
  stopifnot(abs(psych_alpha - alpha) < 1e-12)
  list(name = name, answers = items, alpha = alpha, lower = 1 - (1 - alpha) * qf(0.975, n - 1, (n - 1) * (k - 1)), upper = 1 - (1 - alpha) * qf(0.025, n - 1, (n - 1) * (k - 1)))
}
likert <- function(n, k, from, to) {
  trait <- rnorm(n)
  matrix(pmin(to, pmax(from, round((from + to) / 2 + rep(trait, k) + rnorm(n * k)))), n, k)
}

before <- round(rnorm(14, 10, 4))
golden <- list(
  provenance = list(made_by = "oracle/effects.R", R = R.version.string, psych = as.character(packageVersion("psych")), data = "simulated", tolerance = 1e-12),
  two_samples = list(
    two_samples("scores of two arms", round(rnorm(12, 9, 4), 1), round(rnorm(9, 12, 6), 1)),
    two_samples("two values against three", c(1.5, 2.5), c(3, 7, 4)),
    two_samples("an offset of ten million", 1e7 + round(rnorm(15, 0, 1), 3), 1e7 + round(rnorm(18, 1, 1), 3))
  ),
  paired = list(
    paired("before and after", before, before + round(rnorm(14, -2, 3))),
    paired("three pairs", c(3, 5, 8), c(2, 5, 4))
  ),
  reliability = list(reliability("nine items of 0 to 3", likert(60, 9, 0, 3)), reliability("two items", likert(25, 2, 1, 5)))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = 1, null = "null"), file.path(folder, "effects.golden.json"))
