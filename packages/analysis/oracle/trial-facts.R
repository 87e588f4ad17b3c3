# Baseline balance after the What Works Clearinghouse, by R on simulated pupils. Run: Rscript trial-facts.R
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260303)

n <- 160
school <- paste0("S", sort(sample(1:8, n, TRUE)))
arm <- as.integer(school %in% paste0("S", c(2, 3, 5, 8)))
age <- round(rnorm(n, 13 + 0.1 * arm, 1.2), 1); age[sample(n, 9)] <- NA
sex <- sample(c("F", "M"), n, TRUE); sex[sample(n, 4)] <- NA
grade <- sample(c("7", "8", "9"), n, TRUE, c(.5, .3, .2)); grade[3] <- NA
boarding <- rbinom(n, 1, 0.4 + 0.15 * arm)

omega <- function(m) 1 - 3 / (4 * m - 9)
numbers <- function(name, x) {
  a <- x[arm == 1 & !is.na(x)]; b <- x[arm == 0 & !is.na(x)]; m <- length(a) + length(b)
  d <- (mean(a) - mean(b)) / sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / (m - 2))
  list(name = name, level = NA, d = d, corrected = omega(m) * d, means = c(mean(a), mean(b)))
}
level <- function(name, x, one) {
  p <- c(mean(x[arm == 1] == one, na.rm = TRUE), mean(x[arm == 0] == one, na.rm = TRUE))
  d <- (qlogis(p[1]) - qlogis(p[2])) / 1.65
  list(name = name, level = one, d = d, corrected = omega(sum(!is.na(x))) * d, means = p)
}
by_school <- function(which) {
  m <- tapply(age[arm == which], school[arm == which], mean, na.rm = TRUE)
  list(mean = mean(m), sd = sd(m))
}
golden <- list(
  provenance = list(made_by = "oracle/trial-facts.R", R = R.version.string, data = "simulated", tolerance = 1e-12),
  balance = list(arm = arm, school = school, age = age, sex = sex, grade = grade, boarding = boarding,
    rows = c(list(numbers("age", age), level("sex", sex, "M")), lapply(c("7", "8", "9"), function(one) level("grade", grade, one)),
      list(level("boarding", boarding, "1"))),
    schoolMeans = list(programme = by_school(1), control = by_school(0)))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = 1, na = "null", null = "null"), file.path(folder, "trial-facts.golden.json"))
