# Two bootstraps by boot. `d`: Cohen's d of columns first and second. `schools`: whole schools within arm, refitted by lmer; the argument says how many refits.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"))
suppressMessages({ library(boot); library(lme4) })
set.seed(1)

effect <- function(all, chosen) {
  data <- all[chosen, ]
  a <- data$y[data$arm == 1]; b <- data$y[data$arm == 0]
  (mean(a) - mean(b)) / sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / (length(a) + length(b) - 2))
}

if (arguments[2] == "d") {
  data <- data.frame(arm = rep(1:0, c(length(column("first")), length(column("second")))), y = c(column("first"), column("second")))
  drawn <- NULL
  answered <- FALSE
  say("drawing", took(function() drawn <<- boot(data, effect, R = 2000, strata = data$arm), as.integer(arguments[3])))
  say("interval", once(function() answered <<- !inherits(try(boot.ci(drawn, type = "bca"), silent = TRUE), "try-error")))
  say("answered", answered)
} else {
  data <- data.frame(school = factor(column("school")), arm = column("arm"), pre = column("pre"), post = column("post"))
  members <- split(data, data$school)
  schools <- data.frame(arm = sapply(members, function(one) one$arm[1]))
  refit <- function(all, chosen) {
    rows <- do.call(rbind, members[chosen])
    rows$school <- rep(seq_along(chosen), sapply(members[chosen], nrow))
    fixef(suppressMessages(lmer(post ~ arm + pre + (1 | school), rows)))[["arm"]]
  }
  refits <- as.integer(arguments[3])
  drawn <- NULL
  say("drawing", once(function() drawn <<- boot(schools, refit, R = refits, strata = schools$arm)))
}
say("estimate", drawn$t0)
say("standardError", sd(drawn$t))
