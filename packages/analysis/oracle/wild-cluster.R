# The wild cluster bootstrap by brute force over rows, every Rademacher pattern, by R on simulated pupils. Run: Rscript wild-cluster.R
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260606)

t_of <- function(X, y, g, place, null) {
  A <- solve(crossprod(X)); b <- A %*% crossprod(X, y); e <- drop(y - X %*% b)
  scores <- rowsum(X * e, g); G <- nrow(scores)
  V <- G / (G - 1) * A %*% crossprod(scores) %*% A
  (b[place] - null) / sqrt(V[place, place])
}
p_of <- function(X, y, g, place, null = 0) {
  Z <- X[, -place, drop = FALSE]; offset <- X[, place] * null
  fit <- if (ncol(Z)) drop(Z %*% solve(crossprod(Z), crossprod(Z, y - offset))) else 0 * y
  fitted <- fit + offset; u <- y - fitted; G <- length(unique(g))
  patterns <- as.matrix(expand.grid(c(list(1), rep(list(c(1, -1)), G - 1))))
  t <- t_of(X, y, g, place, null)
  mean(apply(patterns, 1, function(v) abs(t_of(X, fitted + u * v[g], g, place, null)) >= abs(t) * (1 - 1e-9)))
}
edge <- function(X, y, g, place, from, to) { # p is at least .05 at `from`, below it at `to`
  while (abs(to - from) > 1e-7) { m <- (from + to) / 2; if (p_of(X, y, g, place, m) >= 0.05) from <- m else to <- m }
  from
}
case <- function(name, sizes, arms, shift, interval) {
  g <- rep(seq_along(sizes), sizes); n <- length(g)
  arm <- arms[g]; pre <- rnorm(n, 10, 3); y <- shift + 0.6 * pre - 1.2 * arm + rnorm(length(sizes), 0, 0.8)[g] + rnorm(n, 0, 2)
  X <- cbind(1, arm, pre); b <- drop(solve(crossprod(X), crossprod(X, y)))
  se <- sapply(1:3, function(k) b[k] / t_of(X, y, g, k, 0))
  list(name = name, school = paste0("S", g), arm = arm, pre = pre, post = y, estimate = unname(b), statistic = unname(b / se),
    p = sapply(1:3, function(k) p_of(X, y, g, k)), p_at = p_of(X, y, g, 2, -0.5),
    interval = if (interval) c(edge(X, y, g, 2, b[2], b[2] - 8 * se[2]), edge(X, y, g, 2, b[2], b[2] + 8 * se[2])) else NA)
}
golden <- list(
  provenance = list(made_by = "oracle/wild-cluster.R", R = R.version.string, data = "simulated", tolerance = "1e-10; the interval 1e-5"),
  cases = list(case("eight clusters", c(12, 9, 15, 7, 11, 10, 8, 14), c(1, 0, 1, 0, 1, 1, 0, 0), 0, TRUE),
    case("six clusters of unequal size far from zero", c(3, 25, 9, 6, 14, 5), c(1, 1, 0, 0, 1, 0), 1e6, FALSE),
    case("four clusters", c(10, 12, 9, 11), c(1, 0, 1, 0), 0, FALSE))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = FALSE, na = "null"), file.path(folder, "wild-cluster.golden.json"))
