# REML by lmer, and where asked Kenward-Roger by pbkrtest, on the columns school, arm, pre, post.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"))
suppressMessages({ library(lme4); library(pbkrtest) })
data <- data.frame(school = factor(column("school")), arm = column("arm"), pre = column("pre"), post = column("post"))
fit <- NULL
say("lmer", took(function() fit <<- lmer(post ~ arm + pre + (1 | school), data)))
for (place in 1:3) { say(paste0("b", place), fixef(fit)[[place]]); say(paste0("se", place), sqrt(vcov(fit)[place, place])) }
say("residual", sigma(fit)^2)
say("school", VarCorr(fit)$school[1])
if (arguments[2] == "kr") say("kr", once(function() get_Lb_ddf(fit, c(0, 1, 0))))
