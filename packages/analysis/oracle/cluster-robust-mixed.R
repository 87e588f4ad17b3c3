# Cluster-robust covariances of random-intercept models by clubSandwich, on the simulated trials of random-intercept.golden.json. Run: Rscript cluster-robust-mixed.R
suppressMessages({ library(jsonlite); library(lme4); library(clubSandwich) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
simulated <- fromJSON(file.path(folder, "random-intercept.golden.json"), simplifyVector = FALSE)$cases
truth <- fromJSON(file.path(folder, "random-intercept-truth.golden.json"), simplifyVector = FALSE)$cases
made <- function(case) {
  data <- data.frame(school = sapply(case$rows, function(row) row$school), do.call(rbind, lapply(case$rows, function(row) unlist(row$values))))
  covariates <- length(case$names)
  names(data) <- c("school", if (covariates) paste0("x", seq_len(covariates)), "y")
  best <- Filter(function(one) one$name == case$name, truth)[[1]]
  # theta is set to the 40-digit one: lmer's own optimiser stops too early for ten digits
  theta <- sqrt(best$schoolVariance / best$residualVariance)
  fit <- suppressMessages(lmer(reformulate(c(if (covariates) paste0("x", seq_len(covariates)) else "1", "(1 | school)"), "y"), data, control = lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE)))
  devfun <- suppressMessages(update(fit, devFunOnly = TRUE)); devfun(theta)
  fit <- suppressMessages(mkMerMod(environment(devfun), list(par = theta, fval = devfun(theta), feval = 1, conv = 0, message = NULL), lFormula(formula(fit), data)$reTrms, fr = fit@frame))
  list(name = case$name, types = Filter(Negate(is.null), lapply(c("CR0", "CR1", "CR1S", "CR2", "CR3"), function(type) {
    table <- tryCatch(coef_test(fit, vcov = vcovCR(fit, type = type), test = "Satterthwaite"), error = function(condition) NULL) # CR3 is not there for every model
    if (is.null(table) || any(!is.finite(table$SE))) return(NULL)
    list(type = type, standardErrors = I(table$SE), df = I(table[[grep("df", names(table))[1]]]))
  })))
}
kept <- Filter(function(case) case$name %in% c("ten schools of unequal size, one of them a single pupil", "three arms", "one arm of a single school", "the mean alone"), simulated)
golden <- list(provenance = list(made_by = "oracle/cluster-robust-mixed.R", R = R.version.string, lme4 = as.character(packageVersion("lme4")), clubSandwich = as.character(packageVersion("clubSandwich")),
  data = "simulated, from random-intercept.golden.json", tolerance = 1e-10), cases = lapply(kept, made))
write(toJSON(golden, digits = I(17), auto_unbox = TRUE), file.path(folder, "cluster-robust-mixed.golden.json"))
