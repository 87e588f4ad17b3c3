# Logistic regression, estimating equations and logistic mixed models by R (geepack, lme4) on small simulated trials, and the corrected sandwiches by whole
# matrices. Run: Rscript binary.R
suppressMessages({ library(jsonlite); library(geepack); library(lme4) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260105)

trial <- function(sizes, sd, effect, offset = 0) {
  school <- rep(seq_along(sizes), sizes); n <- sum(sizes)
  arm <- (school - 1) %% 2; pre <- offset + round(rnorm(n, 10, 4), 1); grade <- sample(7:9, n, TRUE)
  eta <- -0.6 + 0.12 * (pre - offset - 10) + effect * arm + 0.3 * (grade == 8) + rnorm(length(sizes), 0, sd)[school]
  y <- rbinom(n, 1, plogis(eta))
  data.frame(school = sprintf("S%02d", school), arm, pre, grade8 = as.numeric(grade == 8), grade9 = as.numeric(grade == 9), y, score = round(eta + rnorm(n), 3))
}

# the sandwich with every cluster's matrices written out: power -1/2 of I - H is Kauermann and Carroll's, -1 Mancl and DeRouen's
corrected <- function(d, X, beta, alpha, power, binary, correlation) {
  mu <- as.vector(if (binary) plogis(X %*% beta) else X %*% beta); v <- if (binary) mu * (1 - mu) else rep(1, nrow(X))
  y <- if (binary) d$y else d$score
  rows <- split(seq_len(nrow(d)), d$school)
  part <- lapply(rows, function(i) {
    A <- diag(sqrt(v[i]), length(i)); m <- length(i); R <- if (correlation == "ar1") alpha^abs(outer(1:m, 1:m, "-")) else matrix(alpha, m, m); diag(R) <- 1; V <- A %*% R %*% A
    list(D = v[i] * X[i, , drop = FALSE], V = V, W = solve(V), e = y[i] - mu[i])
  })
  M <- solve(Reduce(`+`, lapply(part, function(q) t(q$D) %*% q$W %*% q$D)))
  half <- function(V) { e <- eigen(V, symmetric = TRUE); list(up = e$vectors %*% diag(sqrt(e$values), nrow(V)) %*% t(e$vectors), down = e$vectors %*% diag(1 / sqrt(e$values), nrow(V)) %*% t(e$vectors)) }
  adjusted <- lapply(part, function(q) {
    h <- half(q$V); H <- h$down %*% q$D %*% M %*% t(q$D) %*% h$down; e <- eigen(diag(nrow(H)) - H, symmetric = TRUE)
    P <- e$vectors %*% diag(e$values^power, nrow(H)) %*% t(e$vectors)
    list(score = t(q$D) %*% h$down %*% P %*% h$down %*% q$e, white = h$down %*% q$D, P = P)
  })
  covariance <- M %*% Reduce(`+`, lapply(adjusted, function(a) a$score %*% t(a$score))) %*% M
  white <- do.call(rbind, lapply(adjusted, `[[`, "white")); all <- diag(nrow(white)) - white %*% M %*% t(white)
  at <- split(seq_len(nrow(white)), rep(seq_along(rows), lengths(rows)))
  df <- sapply(seq_along(beta), function(k) {
    G <- sapply(seq_along(at), function(j) { g <- numeric(nrow(white)); g[at[[j]]] <- adjusted[[j]]$P %*% adjusted[[j]]$white %*% M[, k]; all %*% g })
    S <- crossprod(G); sum(diag(S))^2 / sum(S^2)
  })
  list(standardError = sqrt(diag(covariance)), df = df)
}

one_gee <- function(d, correlation, binary = TRUE) {
  f <- if (binary) y ~ arm + pre + grade8 + grade9 else score ~ arm + pre + grade8 + grade9
  d$id <- as.integer(factor(d$school))
  m <- geeglm(f, id = id, data = d, family = if (binary) binomial else gaussian, corstr = correlation, control = geese.control(epsilon = 1e-13, maxit = 200))
  alpha <- if (correlation == "independence") 0 else unname(m$geese$alpha)
  X <- model.matrix(f, d)
  list(correlation = correlation, family = if (binary) "binomial" else "gaussian", estimate = unname(coef(m)), standardError = unname(sqrt(diag(vcov(m)))), alpha = alpha,
    scale = unname(m$geese$gamma), kauermannCarroll = corrected(d, X, coef(m), alpha, -1/2, binary, correlation), manclDeRouen = corrected(d, X, coef(m), alpha, -1, binary, correlation))
}
one_glmm <- function(d, points) {
  control <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhoend = 1e-10, maxfun = 1e5), check.conv.singular = "ignore")
  m <- suppressWarnings(glmer(y ~ arm + pre + grade8 + grade9 + (1 | school), data = d, family = binomial, nAGQ = points, control = control))
  for (again in 1:3) { # from where it stopped, in small steps: its first stop is too early
    control$optCtrl$rhobeg <- 10^-(1 + again)
    m <- suppressWarnings(update(m, start = getME(m, c("theta", "fixef")), control = control))
  }
  list(points = points, estimate = unname(fixef(m)), standardError = unname(sqrt(diag(vcov(m)))), sd = unname(getME(m, "theta")), logLik = as.numeric(logLik(m)))
}
# glmer takes the weights of Laplace's approximation one step before its mode has settled, which costs 1e-6 of the likelihood: here it is written out
laplace <- function(d, start) {
  X <- model.matrix(~ arm + pre + grade8 + grade9, d); rows <- split(seq_len(nrow(d)), d$school)
  value <- function(a) -sum(sapply(rows, function(i) {
    eta <- as.vector(X[i, , drop = FALSE] %*% a[-1]); s <- a[1]; b <- 0
    for (k in 1:100) { p <- plogis(eta + s * b); b <- b + (s * sum(d$y[i] - p) - b) / (1 + s^2 * sum(p * (1 - p))) }
    p <- plogis(eta + s * b); sum(dbinom(d$y[i], 1, p, log = TRUE)) - b^2 / 2 - log(1 + s^2 * sum(p * (1 - p))) / 2
  }))
  scale <- c(1, 1, 1, 0.1, 1, 1); a <- start
  for (again in 1:4) a <- optim(a, value, method = "BFGS", control = list(reltol = 1e-16, maxit = 500, parscale = scale, ndeps = rep(1e-5, 6)))$par
  hessian <- optimHess(a, value, control = list(parscale = scale, ndeps = rep(1e-3, 6)))
  list(points = 1, estimate = unname(a[-1]), standardError = unname(sqrt(diag(solve(hessian)))[-1]), sd = unname(a[1]), logLik = -value(a))
}
case <- function(name, d, singular = FALSE) {
  d$pre <- as.numeric(d$pre)
  m <- glm(y ~ arm + pre + grade8 + grade9, data = d, family = binomial, control = list(epsilon = 1e-15, maxit = 100)); s <- summary(m)$coefficients
  list(name = name, rows = d, glm = list(estimate = unname(s[, 1]), standardError = unname(s[, 2]), p = unname(s[, 4]), logLik = as.numeric(logLik(m))),
    gee = list(one_gee(d, "independence"), one_gee(d, "exchangeable"), one_gee(d, "exchangeable", FALSE), one_gee(d, "ar1"), one_gee(d, "ar1", FALSE)), singular = singular,
    glmm = if (singular) list() else { exact <- one_glmm(d, 25); list(exact, laplace(d, c(exact$sd, exact$estimate)), one_glmm(d, 7)) })
}
golden <- list(
  provenance = list(made_by = "oracle/binary.R", R = R.version.string, geepack = as.character(packageVersion("geepack")), lme4 = as.character(packageVersion("lme4")),
    data = "simulated", tolerance = "glm 1e-10; geepack and the corrected sandwiches 1e-9; glmer 1e-5, as exact as its differences are"),
  cases = list(
    case("twelve unequal schools, one of two pupils", trial(c(2, 9, 30, 14, 21, 17, 8, 25, 12, 19, 6, 11), 0.9, -0.7)),
    case("forty small schools", trial(rep(c(4, 6, 9, 5), 10), 1.4, 0.8)),
    case("schools that do not differ", trial(rep(15, 10), 0, -0.5), TRUE)
  )
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, dataframe = "rows"), file.path(folder, "binary.golden.json"))
