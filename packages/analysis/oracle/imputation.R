# Multiple imputation by R (mice: predictive mean matching, with schools as a factor) on small simulated tables with holes. Run: Rscript imputation.R
suppressMessages({ library(jsonlite); library(mice); library(lme4) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260106)

holes <- function(d) {
  lost <- function(risk) runif(nrow(d)) < plogis(risk)
  which <- sample(3, nrow(d), TRUE)
  d$pre[which == 1 & lost(d$hint)] <- NA; d$post[which == 2 & lost(d$pre)] <- NA; d$male[which == 3 & lost(d$hint)] <- NA
  d
}
table <- function(sizes, sd) {
  school <- rep(seq_along(sizes), sizes); n <- sum(sizes); arm <- school %% 2; male <- rbinom(n, 1, 0.5); pre <- round(0.3 * male + rnorm(n), 2)
  post <- round(0.6 * pre + 0.4 * male - 0.3 * arm + rnorm(length(sizes), 0, sd)[school] + rnorm(n, 0, 0.8), 2)
  holes(data.frame(school, arm, pre, post, male, hint = round(post + rnorm(n, 0, 0.8), 2)))
}
rubin <- function(fits) {
  e <- sapply(fits, `[[`, "e"); v <- sapply(fits, `[[`, "v"); m <- ncol(e); total <- rowMeans(v) + (1 + 1 / m) * apply(e, 1, var)
  list(estimate = unname(rowMeans(e)), standardError = unname(sqrt(total)), lambda = unname(1 - rowMeans(v) / total))
}
plain <- function(name, d) {
  d0 <- d[, c("arm", "pre", "post", "male", "hint")]
  i <- mice(d0, m = 400, maxit = 10, seed = 1, print = FALSE, method = "pmm")
  fits <- lapply(1:400, function(k) { m <- lm(post ~ pre + arm + male, complete(i, k)); list(e = coef(m), v = diag(vcov(m))) })
  list(name = name, clustered = FALSE, rows = d, pooled = rubin(fits))
}
# schools as a factor: mice's own two-level methods draw from the normal distribution, which answers otherwise than matching where the holes lie in a tail
clustered <- function(name, d) {
  i <- suppressWarnings(mice(transform(d[, c("school", "pre", "post", "male", "hint")], school = factor(school)), m = 150, maxit = 8, seed = 1, print = FALSE, method = "pmm"))
  fits <- lapply(1:150, function(k) {
    own <- complete(i, k); own$arm <- d$arm; m <- suppressMessages(lmer(post ~ pre + arm + male + (1 | school), own)); list(e = fixef(m), v = diag(as.matrix(vcov(m))))
  })
  list(name = name, clustered = TRUE, rows = d, pooled = rubin(fits))
}
golden <- list(
  provenance = list(made_by = "oracle/imputation.R", R = R.version.string, mice = as.character(packageVersion("mice")), lme4 = as.character(packageVersion("lme4")), data = "simulated",
    tolerance = "Monte Carlo: a quarter of a standard error for estimates, 12% for standard errors (schools are a random intercept here and a factor there)"),
  cases = list(plain("one sample", table(rep(60, 2), 0)), clustered("fifteen schools", table(rep(c(12, 20, 16), 5), 0.4)))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, dataframe = "rows", na = "null"), file.path(folder, "imputation.golden.json"))
