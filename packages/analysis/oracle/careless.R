# Careless answering by R on simulated respondents: brute force in base R, and psych::outlier. Run: Rscript careless.R
suppressMessages({ library(jsonlite); library(psych) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260404)

n <- 60; k <- 14
scales <- list(c(1, 4, 7, 10), c(2, 5, 8), c(3, 6, 9, 11), c(12, 13, 14))
trait <- matrix(rnorm(n * 4), n) %*% chol(0.5 * diag(4) + 0.5)
x <- matrix(0, n, k)
for (s in seq_along(scales)) for (i in scales[[s]]) x[, i] <- round(pmin(5, pmax(1, 3 + 1.2 * trait[, s] + rnorm(n, 0, 0.5))))
x[, 8] <- 6 - x[, 8]; x[, 11] <- 6 - x[, 11]; x[, 14] <- 6 - x[, 14]
x[1, ] <- 3; x[2, ] <- rep(c(1, 5), 7); x[3, ] <- sample(1:5, k, TRUE)
x[cbind(c(5, 5, 9, 20, 31, 31, 31), c(1, 2, 14, 7, 3, 9, 12))] <- NA
x[40, ] <- NA

person_cor <- function(a, b) { ok <- !is.na(a) & !is.na(b); if (sum(ok) < 3 || sd(a[ok]) == 0 || sd(b[ok]) == 0) NA else cor(a[ok], b[ok]) }
complete <- complete.cases(x)
center <- colMeans(x[complete, ]); S <- cov(x[complete, ])
distance <- sapply(1:n, function(i) { o <- !is.na(x[i, ]); if (!any(o)) NA else mahalanobis(x[i, o], center[o], S[o, o, drop = FALSE]) })
stopifnot(max(abs(outlier(as.data.frame(x[complete, ]), plot = FALSE) - distance[complete])) < 1e-9)
answered <- rowSums(!is.na(x))
keyed <- x; keyed[, c(8, 11, 14)] <- 6 - keyed[, c(8, 11, 14)]
half <- function(which) sapply(scales, function(s) { p <- s[seq_along(s) %% 2 == which]; m <- rowMeans(keyed[, p, drop = FALSE], na.rm = TRUE); m[is.nan(m)] <- NA; m })
odd <- half(1); even <- half(0)
r <- sapply(1:n, function(i) person_cor(odd[i, ], even[i, ]))
even_odd <- pmax(-1, 2 * r / (1 + r))
R <- cor(x, use = "pairwise.complete.obs"); R[upper.tri(R, TRUE)] <- NA
pairs_within <- function(chosen) { p <- which(chosen, arr.ind = TRUE); sapply(1:n, function(i) person_cor(x[i, p[, 2]], x[i, p[, 1]])) }
singular <- cbind(x[complete, 1:5], x[complete, 1] + x[complete, 2])
ginv <- MASS::ginv(cov(singular))
golden <- list(
  provenance = list(made_by = "oracle/careless.R", R = R.version.string, psych = as.character(packageVersion("psych")), data = "simulated", tolerance = 1e-10),
  answers = x, scales = lapply(scales, function(s) s - 1), reversed = c(8, 11, 14) - 1,
  squared = distance, p = pchisq(distance, answered, lower.tail = FALSE),
  longString = apply(x, 1, function(v) if (all(is.na(v))) 0 else max(rle(v)$lengths)),
  averageString = apply(x, 1, function(v) if (all(is.na(v))) NA else mean(rle(v)$lengths)), variability = apply(x, 1, sd, na.rm = TRUE),
  evenOdd = even_odd, synonyms = pairs_within(R > 0.6), antonyms = pairs_within(R < -0.6), pairs = c(sum(R > 0.6, na.rm = TRUE), sum(R < -0.6, na.rm = TRUE)),
  singular = list(answers = singular, squared = apply(singular, 1, function(v) { d <- v - colMeans(singular); drop(d %*% ginv %*% d) }))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = FALSE, na = "null", matrix = "rowmajor"), file.path(folder, "careless.golden.json"))
