# Cluster-robust covariances, Satterthwaite df and HTZ Wald tests by clubSandwich on small simulated trials. Run: Rscript cluster-robust.R
suppressMessages({ library(jsonlite); library(clubSandwich) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

trial <- function(seed, sizes, offset = 0) {
  set.seed(seed)
  school <- rep(seq_along(sizes), sizes)
  arm <- c("control", "full", "short")[(school - 1) %% 3 + 1]
  pre <- round(rnorm(length(school), 8, 4), 2)
  post <- round(3 + 0.6 * pre - 1.5 * (arm == "full") + rnorm(length(sizes), 0, 1.5)[school] + rnorm(length(school), 0, 3), 2) + offset
  data.frame(school = paste0("S", school), arm = arm, pre = pre, post = post)
}

fitted <- function(name, data, formula, types, tested) {
  fit <- lm(formula, data)
  X <- model.matrix(fit)
  each <- lapply(types, function(type) {
    V <- vcovCR(fit, cluster = data$school, type = type)
    table <- coef_test(fit, vcov = V, test = "Satterthwaite")
    wald <- if (length(tested)) Wald_test(fit, constraints = constrain_zero(tested), vcov = V, test = "HTZ") else NULL
    list(type = type, standardErrors = table$SE, df = table[[grep("df", names(table))[1]]], wald = if (is.null(wald)) NULL else list(statistic = wald$Fstat, dfNumerator = wald$df_num, dfDenominator = wald$df_denom, p = wald$p_val))
  })
  list(name = name, names = I(colnames(X)[-1]), estimates = unname(coef(fit)), tested = I(tested - 1), rows = lapply(seq_len(nrow(X)), function(i) list(school = data$school[i], values = I(unname(c(X[i, -1], data$post[i]))))), types = each)
}

all <- c("CR0", "CR1", "CR1S", "CR2", "CR3")
sizes <- c(1, 4, 7, 7, 9, 12, 5, 8, 3, 6, 2, 10)
cases <- list(
  fitted("twelve schools of unequal size, one of them a single pupil", trial(1, sizes), post ~ arm + pre, all, 2:3),
  fitted("every coefficient but the intercept, with interactions", trial(2, sizes + 2), post ~ arm * pre, all, 2:6),
  fitted("schools with their own fixed effects: the generalised inverse", trial(3, c(5, 6, 7, 4, 8, 5)), post ~ pre + school, c("CR0", "CR1", "CR1S", "CR2"), integer(0)),
  fitted("an arm of a single school", transform(trial(4, c(9, 7, 8, 6, 10)), arm = ifelse(school == "S1", "one", "other")), post ~ arm + pre, c("CR0", "CR1", "CR1S", "CR2"), integer(0)))
golden <- list(provenance = list(made_by = "oracle/cluster-robust.R", R = R.version.string, clubSandwich = as.character(packageVersion("clubSandwich")), data = "simulated",
  tolerance = list(standard_error = 1e-10, df = 1e-10, wald = 1e-9)), cases = cases)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, null = "null"), file.path(folder, "cluster-robust.golden.json"))
