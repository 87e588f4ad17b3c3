# Power of trials allocated by school, by R's noncentral t. Run: Rscript power.R
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
design <- function(name, effect, schools, pupils, icc, rp = 0, rs = 0, cv = 0, share = 0.5, covariates = 0, alpha = 0.05) {
  se <- sqrt((icc * (1 - rs) * (1 + cv^2) + (1 - icc) * (1 - rp) / pupils) / (schools * share * (1 - share)))
  df <- schools - 2 - covariates; t <- qt(1 - alpha / 2, df)
  power <- function(d) pt(t, df, d / se, lower.tail = FALSE) + pt(-t, df, d / se)
  list(name = name, effect = effect, design = list(schools = schools, pupils = pupils, intraclassCorrelation = icc, rSquared = list(pupils = rp, schools = rs),
    sizeVariation = cv, share = share, schoolCovariates = covariates, alpha = alpha), power = power(effect), standardError = se,
    detectable = uniroot(function(d) power(d) - 0.8, c(0, 60 * se), tol = 1e-14)$root)
}
golden <- list(provenance = list(made_by = "oracle/power.R", R = R.version.string, data = "none", tolerance = "1e-10, by R's noncentral t and uniroot"),
  power = list(design("24 schools with a baseline", 0.25, 24, 100, 0.03, 0.36, 0.5, covariates = 1), design("no baseline, unequal schools", -0.3, 40, 50, 0.05, cv = 0.6),
    design("few schools, unequal arms", 0.5, 10, 30, 0.1, share = 0.3, alpha = 0.01), design("no effect", 0, 20, 25, 0.02)))
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = 1), file.path(folder, "power.golden.json"))
