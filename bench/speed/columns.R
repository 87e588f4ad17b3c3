# Shared by the scripts beside it: reading the columns, timing, and saying numbers with all their digits.
arguments <- commandArgs(TRUE)
column <- function(name) { file <- file.path(arguments[1], paste0(name, ".bin")); readBin(file, "double", file.size(file) / 8) }
once <- function(work) sum(system.time(work())[c("user.self", "sys.self")]) * 1000 # processor time
took <- function(work, runs = 5) median(sapply(seq_len(runs), function(run) once(work)))
say <- function(name, value) cat(sprintf("%s %.17g\n", name, value))
