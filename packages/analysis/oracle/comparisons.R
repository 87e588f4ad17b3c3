# Comparisons of two arms and of two waves, and adjusted p-values, by R on small simulated data. Run: Rscript comparisons.R
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260102)

estimate <- function(test, estimate) list(estimate = estimate, standardError = test$stderr, df = unname(test$parameter),
  statistic = unname(test$statistic), p = test$p.value, lower = test$conf.int[1], upper = test$conf.int[2])
J <- function(m) exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2)
ncp_limits <- function(t, df) {
  root <- function(p) uniroot(function(d) suppressWarnings(pt(t, df, d)) - p, c(t - 30, t + 30), tol = 1e-14)$root
  c(root(0.975), root(0.025))
}

two_samples <- function(name, first, second) {
  student <- t.test(first, second, var.equal = TRUE)
  welch <- t.test(first, second)
  n <- c(length(first), length(second))
  pooled <- sqrt(((n[1] - 1) * var(first) + (n[2] - 1) * var(second)) / (sum(n) - 2))
  per_unit <- sqrt(1 / n[1] + 1 / n[2])
  glass_unit <- sqrt(1 / n[2] + var(first) / (n[1] * var(second)))
  glass <- (mean(first) - mean(second)) / sd(second)
  rank <- suppressWarnings(wilcox.test(first, second, exact = FALSE))
  bound <- pooled / 2
  lower <- t.test(first, second, mu = -bound, alternative = "greater")
  upper <- t.test(first, second, mu = bound, alternative = "less")
  list(name = name, first = first, second = second, student = estimate(student, unname(student$estimate[1] - student$estimate[2])),
    d = (mean(first) - mean(second)) / pooled, d_interval = ncp_limits(unname(student$statistic), sum(n) - 2) * per_unit,
    glass = glass, glass_interval = ncp_limits(glass / glass_unit, n[2] - 1) * glass_unit,
    rank_sum = list(statistic = unname(rank$statistic), p = rank$p.value),
    equivalence = list(bound = bound, lowerStatistic = unname(lower$statistic), lowerP = lower$p.value,
      upperStatistic = unname(upper$statistic), upperP = upper$p.value, interval = t.test(first, second, conf.level = 0.9)$conf.int[1:2]))
}

paired <- function(name, before, after) {
  n <- length(before); change <- after - before
  s <- c(sd(before), sd(after)); r <- cor(before, after)
  z <- qnorm(0.975); limits <- ncp_limits(mean(change) / (sd(change) / sqrt(n)), n - 1) / sqrt(n)
  large <- function(d, divisor, relative) d + c(-z, z) * sqrt(var(change) / ((n - 1) * divisor^2) + d^2 * relative)
  average <- mean(s); rms <- sqrt(mean(s^2)); rm <- sqrt(2 * (1 - r))
  covariance <- cov(before, after)
  signed <- suppressWarnings(wilcox.test(after, before, paired = TRUE))
  list(name = name, before = before, after = after, correlation = r,
    dz = list(estimate = mean(change) / sd(change), corrected = J(n - 1) * mean(change) / sd(change), interval = limits),
    drm = list(estimate = mean(change) / sd(change) * rm, corrected = J(n - 1) * mean(change) / sd(change) * rm, interval = limits * rm),
    dav = list(estimate = mean(change) / average, corrected = J(n - 1) * mean(change) / average,
      interval = large(mean(change) / average, average, (sum(s^2) + 2 * r^2 * prod(s)) / (8 * (n - 1) * average^2))),
    dRootMeanSquare = list(estimate = mean(change) / rms, corrected = J(n - 1) * mean(change) / rms,
      interval = large(mean(change) / rms, rms, (sum(s^4) + 2 * covariance^2) / (8 * (n - 1) * rms^4))),
    dBefore = list(estimate = mean(change) / s[1], corrected = J(n - 1) * mean(change) / s[1],
      interval = large(mean(change) / s[1], s[1], 1 / (2 * (n - 1)))),
    signed_rank = list(statistic = unname(signed$statistic), p = signed$p.value))
}

pre_post_control <- function(name, t, c) {
  n <- c(nrow(t), nrow(c)); df <- sum(n) - 2
  pooled <- function(a, b) ((n[1] - 1) * a + (n[2] - 1) * b) / df
  gain <- mean(t$after - t$before) - mean(c$after - c$before)
  sd_before <- sqrt(pooled(var(t$before), var(c$before)))
  sd_all <- sqrt(pooled(var(t$before) + var(t$after), var(c$before) + var(c$after)) / 2)
  rho <- pooled(cov(t$before, t$after), cov(c$before, c$after)) / sqrt(pooled(var(t$before), var(c$before)) * pooled(var(t$after), var(c$after)))
  own <- function(x, correction) correction(nrow(x) - 1) * mean(x$after - x$before) / sd(x$before)
  approximate <- function(m) 1 - 3 / (4 * m - 1)
  becker <- function(x) 2 * (1 - cor(x$before, x$after)) / nrow(x) + own(x, J)^2 / (2 * nrow(x))
  d2 <- J(df) * gain / sd_before; d3 <- J(2 * df) * gain / sd_all
  k <- 2 * (1 - rho) * sum(n) / prod(n)
  v2 <- J(df)^2 * k * (sum(n) - 2) / (sum(n) - 4) * (1 + d2^2 / k) - d2^2
  spread <- function(x) (nrow(x) - 1) * (var(x$before)^2 + var(x$after)^2 + 2 * cov(x$before, x$after)^2) / (2 * df^2)
  v3 <- (var(t$after - t$before) / n[1] + var(c$after - c$before) / n[2]) / sd_all^2 + d3^2 * (spread(t) + spread(c)) / (4 * sd_all^4)
  list(name = name, programme = t, control = c, correlation = rho,
    ppc1 = list(estimate = own(t, J) - own(c, J), approximate = own(t, approximate) - own(c, approximate), standardError = sqrt(becker(t) + becker(c))),
    ppc2 = list(estimate = d2, approximate = approximate(df) * gain / sd_before, standardError = sqrt(v2)),
    ppc3 = list(estimate = d3, approximate = approximate(2 * df) * gain / sd_all, standardError = sqrt(v3)))
}

ancova <- function(name, t, c) {
  long <- rbind(data.frame(arm = 1, t), data.frame(arm = 0, c))
  rest <- setdiff(names(t), "after")
  fit <- lm(reformulate(c("arm", rest), "after"), long)
  full <- lm(reformulate(c("arm", rest, paste0("arm:", rest)), "after"), long)
  s <- coef(summary(fit)); ci <- confint(fit); test <- anova(fit, full)
  n <- c(nrow(t), nrow(c)); sd <- sqrt(((n[1] - 1) * var(t$after) + (n[2] - 1) * var(c$after)) / (sum(n) - 2))
  at <- data.frame(arm = 1:0, as.list(colMeans(long[rest]))); means <- predict(fit, at, se.fit = TRUE, interval = "confidence")
  d <- s["arm", 1] / sd
  part <- function(name) list(estimate = s[name, 1], standardError = s[name, 2], statistic = s[name, 3], p = s[name, 4], lower = ci[name, 1], upper = ci[name, 2])
  list(name = name, programme = t, control = c, effect = part("arm"), covariates = lapply(rest, part), df = fit$df.residual,
    means = list(estimate = unname(means$fit[, "fit"]), standardError = unname(means$se.fit), lower = unname(means$fit[, "lwr"])),
    g = J(sum(n) - 2) * d, approximate = (1 - 3 / (4 * sum(n) - 9)) * d, gError = J(sum(n) - 2) * sqrt((s["arm", 2] / sd)^2 + d^2 / (2 * (sum(n) - 2))),
    sigma = summary(fit)$sigma, rSquared = summary(fit)$r.squared, slopes = list(statistic = test[2, "F"], p = test[2, "Pr(>F)"]))
}

adjusted <- function(name, p) list(name = name, p = p, adjusted = sapply(c("holm", "hochberg", "hommel", "bonferroni", "BH", "BY"),
  function(method) p.adjust(p, method), simplify = FALSE))
waves <- function(n, gain, whole) {
  before <- rnorm(n, 12, 5); after <- 0.6 * before + rnorm(n, 5 + gain, 4)
  if (whole) data.frame(before = round(before), after = round(after)) else data.frame(before = before, after = after)
}
pairs_of <- function(name, n, gain, whole) { w <- waves(n, gain, whole); paired(name, w$before, w$after) }

golden <- list(
  provenance = list(made_by = "oracle/comparisons.R", R = R.version.string, data = "simulated",
    tolerance = "1e-12; 1e-8 for the limits found by uniroot over R's noncentral t"),
  two_samples = list(
    two_samples("scores of two arms", round(rnorm(24, 9, 4)), round(rnorm(19, 12, 6))),
    two_samples("measurements of unequal arms", rnorm(40, 10, 2), rnorm(9, 9, 5)),
    two_samples("three values against two", c(3, 7, 4), c(1.5, 2.5))
  ),
  paired = list(
    pairs_of("scores with ties and unchanged pupils", 40, -2, TRUE),
    pairs_of("measurements without ties", 21, -2, FALSE),
    pairs_of("49 pairs without ties, the last exact size", 49, -1, FALSE),
    pairs_of("50 pairs without ties", 50, -1, FALSE),
    paired("three pairs", c(3, 5, 8), c(2, 5, 4))
  ),
  pre_post_control = list(
    pre_post_control("scores", waves(30, -3, TRUE), waves(26, 0, TRUE)),
    pre_post_control("five pupils against three", waves(5, 1, FALSE), waves(3, 0, FALSE))
  ),
  adjusted = list(
    adjusted("eleven outcomes", round(c(runif(6), runif(5) / 40), 4)),
    adjusted("ties and an absent test", c(0.2, NA, 0.001, 0.04, 0.04, 0.9)),
    adjusted("two outcomes", c(0.03, 0.02)), adjusted("one outcome", 0.2), adjusted("zeros and ones", c(0, 1, 0, 1, 0.5))
  ),
  ancova = list(
    ancova("scores", waves(30, -3, TRUE), waves(26, 0, TRUE)),
    ancova("two covariates", cbind(waves(14, -1, FALSE), age = rnorm(14, 13, 1)), cbind(waves(18, 0, FALSE), age = rnorm(18, 13, 1)))
  )
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = 1, na = "null", dataframe = "columns"), file.path(folder, "comparisons.golden.json"))
