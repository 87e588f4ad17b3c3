# CR2 with Satterthwaite's df by clubSandwich, on the columns school, arm, pre, post. The least squares fit is not timed.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"))
suppressMessages(library(clubSandwich))
data <- data.frame(school = factor(column("school")), arm = column("arm"), pre = column("pre"), post = column("post"))
fit <- lm(post ~ arm + pre, data)
tested <- NULL
say("cr2", took(function() tested <<- coef_test(fit, vcovCR(fit, data$school, "CR2"), test = "Satterthwaite"), as.integer(arguments[2])))
for (place in 1:3) { say(paste0("se", place), tested$SE[place]); say(paste0("df", place), tested$df[place]) }
