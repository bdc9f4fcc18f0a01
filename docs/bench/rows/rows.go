// Package rows has what the bare programs show: the same list for each of them. It
// knows nothing of this repository and of no library that draws.
package rows

import "fmt"

// Width is how many letters of a name a row has room for.
const Width = 24

// Names are those of a table that a person of any country may stand in; those of ASCII
// are half as long as their place, as the others are.
func names(mixed bool) []string {
	if !mixed {
		return []string{"Adam Miller", "Ruth Cooper", "Jane Archer", "Mark Fisher"}
	}
	return []string{"张伟 北京", "نرگس سعیدی", "李娜 上海", "Вера Павлова", "王芳 广州", "Ruth Cooper"}
}

// List is ten thousand rows: of ASCII, or half of them with Chinese letters and the
// others with Persian, Russian or Latin ones.
func List(mixed bool) []string {
	names, rows := names(mixed), make([]string, 10_000)
	for i := range rows {
		name := names[i%len(names)]
		rows[i] = fmt.Sprintf("token-%05d  user-%04d  %s  %-50s  2026-01-%02d", i, i%1000, padded(name), "active", i%28+1)
	}
	return rows
}

// padded fills a name up to its place: a Chinese letter takes two columns.
func padded(name string) string {
	room := Width
	for _, letter := range name {
		room--
		if letter >= 0x4e00 && letter <= 0x9fff {
			room--
		}
	}
	return fmt.Sprintf("%s%*s", name, room, "")
}
