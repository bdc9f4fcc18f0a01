package query

// Nearest is the word that was most likely meant: one that begins as it does, or differs by
// few letters; empty where none is near.
func Nearest(word string, words []string) string {
	best, fewest := "", len([]rune(word))/3+2
	for _, w := range words {
		d := distance([]rune(word), []rune(w))
		if len(word) > 1 && len(w) > len(word) && w[:len(word)] == word {
			d = 1
		}
		if d < fewest {
			best, fewest = w, d
		}
	}
	return best
}

// distance is how many letters have to be put in, left out or changed, or turned round with
// the next one.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
