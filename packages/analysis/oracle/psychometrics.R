# Items, raters and one factor by R on small simulated data. Run: Rscript psychometrics.R
suppressMessages({ library(jsonlite); library(psych) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260104)

items <- function(name, x) {
  k <- ncol(x); total <- rowSums(x)
  alpha <- function(y) { s <- cov(y); ncol(y) / (ncol(y) - 1) * (1 - sum(diag(s)) / sum(s)) }
  dropped <- sapply(1:k, function(i) alpha(x[, -i, drop = FALSE]))
  rest <- sapply(1:k, function(i) cor(x[, i], total - x[, i]))
  theirs <- suppressWarnings(suppressMessages(psych::alpha(as.data.frame(x), check.keys = FALSE, warnings = FALSE)))
  stopifnot(abs(theirs$alpha.drop$raw_alpha - dropped) < 1e-12, abs(theirs$item.stats$r.drop - rest) < 1e-12)
  list(name = name, answers = x, mean = colMeans(x), sd = apply(x, 2, sd), alphaIfDropped = dropped, itemRest = rest)
}

# One factor by maximum likelihood in R's own matrix algebra, until the gradient is below 1e-13.
factor_ml <- function(x) {
  n <- nrow(x); s <- cov(x) * (n - 1) / n; k <- ncol(s)
  f <- function(p) { m <- tcrossprod(p[1:k]) + diag(p[k + 1:k]); as.numeric(determinant(m)$modulus) + sum(diag(s %*% solve(m))) }
  g <- function(p) { m <- tcrossprod(p[1:k]) + diag(p[k + 1:k]); w <- solve(m); a <- w %*% (m - s) %*% w; c(2 * a %*% p[1:k], diag(a)) }
  p <- c(sqrt(diag(s) / 2), diag(s) / 2)
  p <- optim(p, f, g, method = "BFGS", control = list(maxit = 10000, reltol = 1e-16))$par
  for (step in 1:50) { # Newton with the derivative of the gradient by central differences: the fixed point is where g is zero
    h <- sapply(seq_along(p), function(i) { e <- 1e-5; d <- replace(numeric(2 * k), i, e); (g(p + d) - g(p - d)) / (2 * e) })
    p <- p - solve((h + t(h)) / 2, g(p))
  }
  stopifnot(max(abs(g(p))) < 1e-13)
  w <- solve(tcrossprod(p[1:k]) + diag(p[k + 1:k])); u <- w %*% p[1:k]; q <- sum(p[1:k] * u)
  information <- rbind(cbind(2 * (tcrossprod(u) + w * q), 2 * w * rep(u, each = k)), cbind(t(2 * w * rep(u, each = k)), w^2))
  common <- sum(p[1:k])^2; unique <- sum(p[k + 1:k])
  slope <- c(rep(2 * sum(p[1:k]) * unique, k), rep(-common, k)) / (common + unique)^2
  list(omega = common / (common + unique), standardError = sqrt(2 / n * sum(slope * solve(information, slope))),
    ofObservedVariance = common / sum(s), loadings = p[1:k], uniquenesses = p[k + 1:k])
}
one_factor <- function(name, x) c(list(name = name, answers = x), factor_ml(x))

raters <- function(name, x) {
  n <- nrow(x); k <- ncol(x)
  long <- data.frame(y = as.vector(x), pupil = factor(rep(1:n, k)), rater = factor(rep(1:k, each = n)))
  ms <- summary(aov(y ~ pupil + rater, long))[[1]][["Mean Sq"]]
  b <- ms[1]; j <- ms[2]; e <- ms[3]; w <- (j * (k - 1) + e * (n - 1) * (k - 1)) / (n * (k - 1))
  ratio <- function(f, d1, d2) { of <- function(f) (f - 1) / (f + k - 1); list(estimate = of(f), p = pf(f, d1, d2, lower.tail = FALSE),
    interval = c(of(f / qf(0.975, d1, d2)), of(f * qf(0.975, d2, d1)))) }
  r <- (b - e) / (b + (k - 1) * e + k * (j - e) / n); fj <- j / e
  v <- (k - 1) * (n - 1) * (k * r * fj + n * (1 + (k - 1) * r) - k * r)^2 / ((n - 1) * k^2 * r^2 * fj^2 + (n * (1 + (k - 1) * r) - k * r)^2)
  up <- qf(0.975, n - 1, v); low <- qf(0.975, v, n - 1)
  two <- list(estimate = r, p = pf(b / e, n - 1, (n - 1) * (k - 1), lower.tail = FALSE),
    interval = c(n * (b - up * e) / (up * (k * j + (k * n - k - n) * e) + n * b), n * (low * b - e) / (k * j + (k * n - k - n) * e + n * low * b)))
  theirs <- suppressWarnings(psych::ICC(x, lmer = FALSE))$results
  one <- ratio(b / w, n - 1, n * (k - 1)); three <- ratio(b / e, n - 1, (n - 1) * (k - 1))
  stopifnot(abs(theirs$ICC[1:3] - c(one$estimate, two$estimate, three$estimate)) < 1e-10, abs(theirs[["lower bound"]][2] - two$interval[1]) < 1e-8)
  list(name = name, ratings = x, oneWay = one, absolute = two, consistency = three, average = theirs$ICC[4:6])
}
likert <- function(n, k, from, to, loading = rep(1, k)) {
  trait <- rnorm(n)
  matrix(pmin(to, pmax(from, round((from + to) / 2 + outer(trait, loading) + rnorm(n * k)))), n, k)
}

golden <- list(
  provenance = list(made_by = "oracle/psychometrics.R", R = R.version.string, psych = as.character(packageVersion("psych")), data = "simulated",
    tolerance = "1e-12; omega 1e-10"),
  items = list(items("seven items, the third keyed the wrong way", likert(80, 7, 0, 3, c(1, 1, -1, 1, 0.6, 1.2, 0.8))), items("three items", likert(30, 3, 1, 5))),
  one_factor = list(one_factor("six items", likert(200, 6, 1, 7, c(1, 0.8, 1.2, 0.6, 1, 0.4))), one_factor("three items", likert(150, 3, 1, 7)),
    one_factor("fourteen items", likert(300, 14, 0, 4, seq(0.5, 1.2, length.out = 14)))),
  raters = list(raters("two occasions", round(rnorm(25, 10, 3) + matrix(rnorm(50, 0, 1.5), 25) + rep(c(0, 2), each = 25))),
    raters("four raters of six pupils", matrix(round(rnorm(6, 6, 2) + rnorm(24, 0, 1.2) + rep(c(0, 1, -2, 1), each = 6), 1), 6)))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = 1), file.path(folder, "psychometrics.golden.json"))
