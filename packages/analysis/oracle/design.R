# Design matrices by R's model.matrix with treatment contrasts. Run: Rscript design.R
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(11)
data <- data.frame(x = round(rnorm(14), 2), z = round(runif(14), 3), arm = rep(c("control", "full", "short"), length.out = 14), sex = rep(c("M", "F"), each = 7), grade = rep(c(5, 10, 7), length.out = 14)[14:1])
made <- function(formula, reference) {
  d <- data
  for (name in names(reference)) d[[name]] <- relevel(factor(d[[name]]), ref = reference[[name]])
  m <- model.matrix(as.formula(formula), d)
  list(formula = formula, reference = reference, names = I(colnames(m)[-1]), rows = unname(lapply(seq_len(nrow(m)), function(i) I(unname(m[i, -1])))))
}
none <- setNames(list(), character(0))
cases <- list(
  made("x ~ arm", none), made("x ~ z + arm + arm:z", list(arm = "short")), made("x ~ sex*arm", list(arm = "full", sex = "M")),
  made("x ~ arm:sex", none), made("x ~ sex + arm:sex", none), made("x ~ z:arm", none), made("x ~ factor(grade) + z*sex", none),
  made("x ~ z*sex*arm", none))
write(toJSON(list(provenance = list(made_by = "oracle/design.R", R = R.version.string, data = "simulated", tolerance = 0), data = data, cases = cases), digits = I(17), auto_unbox = TRUE), file.path(folder, "design.golden.json"))
