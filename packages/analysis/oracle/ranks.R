# Exact rank tests and Hodges-Lehmann estimates with intervals, by wilcox.test on simulated values. Run: Rscript ranks.R
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
set.seed(20260505)

answer <- function(test) list(statistic = unname(test$statistic), p = test$p.value, estimate = unname(test$estimate), interval = test$conf.int[1:2])
sums <- function(name, first, second, level = 0.95) {
  exact <- length(first) < 50 && length(second) < 50 && !anyDuplicated(c(first, second))
  suppressWarnings(c(list(name = name, first = first, second = second, level = level, exact = exact, median = median(outer(first, second, `-`)),
    approximate = wilcox.test(first, second, exact = FALSE)$p.value), answer(wilcox.test(first, second, conf.int = TRUE, conf.level = level))))
}
signs <- function(name, before, after, level = 0.95) {
  change <- after - before
  exact <- length(change) < 50 && !anyDuplicated(abs(change)) && all(change != 0)
  suppressWarnings(c(list(name = name, before = before, after = after, level = level, exact = exact, median = { w <- outer(change, change, `+`) / 2; median(w[!lower.tri(w)]) },
    approximate = wilcox.test(after, before, paired = TRUE, exact = FALSE)$p.value), answer(wilcox.test(after, before, paired = TRUE, conf.int = TRUE, conf.level = level))))
}
golden <- list(
  provenance = list(made_by = "oracle/ranks.R", R = R.version.string, data = "simulated",
    tolerance = "1e-12; 1e-4 for the approximate intervals, which R finds by uniroot"),
  rank_sum = list(
    sums("twelve against nine", rnorm(12, 1), rnorm(9)), sums("49 against 49", rnorm(49, 0.4), rnorm(49)),
    sums("49 against 49 far apart", rnorm(49, 2), rnorm(49)), sums("four against three at 90 %", rnorm(4), rnorm(3, 1), 0.9),
    sums("two against two", c(1.5, 2.5), c(0.3, 4.1)), sums("fifty against twenty", rnorm(50, 1), rnorm(20)),
    sums("three hundred against two hundred", rnorm(300, 0.2), rnorm(200))),
  signed_rank = list(
    signs("fourteen pairs", rnorm(14, 1), rnorm(14)), signs("49 pairs", rnorm(49, 0.5), rnorm(49)),
    signs("three pairs at 80 %", c(3.1, 5, 8), c(2, 5.5, 4), 0.8), signs("120 pairs", rnorm(120, 0.3), rnorm(120)))
)
write(toJSON(golden, digits = I(17), auto_unbox = TRUE, pretty = FALSE), file.path(folder, "ranks.golden.json"))
