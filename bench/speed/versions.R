packages <- c("lme4", "lmerTest", "pbkrtest", "clubSandwich", "psych", "boot")
if (!all(sapply(packages, function(name) suppressMessages(suppressWarnings(requireNamespace(name, quietly = TRUE)))))) quit(status = 1)
cat(paste(c(paste("R", getRversion()), paste(packages, sapply(packages, function(name) as.character(packageVersion(name))))), collapse = ", "))
