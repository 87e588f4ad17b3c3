# Alpha with its items by psych, one factor by factanal and by psych, on the answers by column.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"))
suppressMessages(library(psych))
items <- as.integer(arguments[2])
answers <- matrix(column("answers"), ncol = items)
colnames(answers) <- paste0("i", seq_len(items))
found <- NULL
say("alpha", took(function() found <<- suppressMessages(alpha(answers, check.keys = FALSE))))
say("raw", found$total$raw_alpha)
say("lower", found$feldt$lower.ci[[1]])
say("upper", found$feldt$upper.ci[[1]])
for (item in seq_len(items)) { say(paste0("rest", item), found$item.stats$r.drop[item]); say(paste0("without", item), found$alpha.drop$raw_alpha[item]) }
factor <- NULL
say("factanal", took(function() factor <<- factanal(answers, 1)))
spread <- apply(answers, 2, sd)
common <- sum(factor$loadings * spread)^2
say("omega", common / (common + sum(factor$uniquenesses * spread^2)))
say("fa", took(function() fa(answers, 1, fm = "ml")))
