# A bootstrap of whole schools within arm, refitted by lme4, intervals by boot.ci. Run: Rscript cluster-bootstrap.R (about five minutes)
suppressMessages({ library(jsonlite); library(lme4); library(boot) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
refits <- 10000

trial <- function(seed, sizes, school_sd) {
  set.seed(seed)
  school <- rep(seq_along(sizes), sizes)
  arm <- (school - 1) %% 2
  pre <- round(rgamma(length(school), 2, 0.25), 2)
  level <- school_sd * (rexp(length(sizes)) - 1)
  post <- round(3 + 0.6 * pre - 1.5 * (arm == 1) + level[school] + rnorm(length(school), 0, 3), 2)
  data.frame(school = school, arm = arm, pre = pre, post = post)
}

bootstrapped <- function(name, data) {
  members <- split(data, data$school)
  schools <- data.frame(school = seq_along(members), arm = sapply(members, function(one) one$arm[1]))
  control <- lmerControl(calc.derivs = FALSE, check.conv.singular = "ignore")
  refit <- function(all, chosen) {
    rows <- do.call(rbind, lapply(seq_along(chosen), function(place) transform(members[[chosen[place]]], school = place)))
    fixef(suppressMessages(lmer(post ~ arm + pre + (1 | school), rows, control = control)))[["arm"]]
  }
  set.seed(1)
  drawn <- boot(schools, refit, R = refits, strata = schools$arm)
  influence <- empinf(drawn, type = "jack", stype = "i")
  intervals <- boot.ci(drawn, type = c("perc", "bca"), L = influence)
  list(name = name, estimate = drawn$t0, standardError = sd(drawn$t), percentile = intervals$percent[4:5], bca = intervals$bca[4:5],
    rows = lapply(seq_len(nrow(data)), function(i) list(school = paste0("S", data$school[i]), values = c(data$arm[i], data$pre[i], data$post[i]))))
}

cases <- list(
  bootstrapped("24 schools of unequal size", trial(1, c(4, 7, 9, 12, 5, 8, 3, 6, 10, 7, 11, 4, 6, 9, 14, 5, 8, 7, 6, 12, 3, 9, 5, 10), 2.5)),
  bootstrapped("ten schools, skewed", trial(2, c(20, 8, 14, 6, 11, 9, 17, 5, 12, 7), 4))
)
golden <- list(
  provenance = list(made_by = "oracle/cluster-bootstrap.R", R = R.version.string, lme4 = as.character(packageVersion("lme4")), boot = as.character(packageVersion("boot")),
    data = "simulated", refits = refits, tolerance = "Monte Carlo error of both sides"),
  cases = cases
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE), file.path(folder, "cluster-bootstrap.golden.json"))
