module authdeck/docs/bench/rows

go 1.26
