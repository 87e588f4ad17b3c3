# Maximum likelihood, Satterthwaite df (lmerTest) and likelihood-ratio tests on the simulated trials of random-intercept.golden.json. Run after random-intercept.R: Rscript mixed-model.R
suppressMessages({ library(jsonlite); library(lme4); library(lmerTest) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
simulated <- fromJSON(file.path(folder, "random-intercept.golden.json"), simplifyVector = FALSE)$cases
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5), calc.derivs = FALSE)
# lmerTest differentiates numerically and loses digits to a large offset of the outcome: it is taken off, and put back on the intercept
described <- function(fit, offset) {
  table <- coef(summary(fit, ddf = "Satterthwaite"))
  list(coefficients = lapply(seq_len(nrow(table)), function(k) list(estimate = table[k, 1] + (k == 1) * offset, standardError = table[k, 2], df = table[k, 3])),
    logLik = as.numeric(logLik(fit)), AIC = AIC(fit), BIC = BIC(fit))
}
made <- function(case) {
  data <- data.frame(school = sapply(case$rows, function(row) row$school), do.call(rbind, lapply(case$rows, function(row) unlist(row$values))))
  covariates <- length(case$names)
  names(data) <- c("school", if (covariates) paste0("x", seq_len(covariates)), "y")
  formula <- function(terms) reformulate(c(if (length(terms)) terms else "1", "(1 | school)"), "y")
  terms <- if (covariates) paste0("x", seq_len(covariates)) else character(0)
  offset <- round(mean(data$y), -6)
  data$y <- data$y - offset
  fit <- function(terms, reml) suppressMessages(lmerTest::lmer(formula(terms), data, REML = reml, control = control))
  larger <- fit(terms, FALSE)
  out <- list(name = case$name, REML = described(fit(terms, TRUE), offset), ML = described(larger, offset),
    dropped = lapply(seq_along(terms), function(k) 2 * (as.numeric(logLik(larger)) - as.numeric(logLik(fit(terms[-k], FALSE))))),
    variance = 2 * (as.numeric(logLik(larger)) - as.numeric(logLik(lm(reformulate(if (covariates) terms else "1", "y"), data)))))
  out
}
golden <- list(provenance = list(made_by = "oracle/mixed-model.R", R = R.version.string, lme4 = as.character(packageVersion("lme4")), lmerTest = as.character(packageVersion("lmerTest")),
  data = "simulated, from random-intercept.golden.json", tolerance = list(satterthwaite_df = 1e-6, logLik = 1e-9)), cases = lapply(simulated, made))
write(toJSON(golden, digits = I(17), auto_unbox = TRUE), file.path(folder, "mixed-model.golden.json"))
