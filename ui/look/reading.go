package look

import (
	"fmt"
	"time"

	"authdeck/model"
)

// HowFar is how far a list was read in so much time, how fast that goes, and how long it will
// take.
func HowFar(far *model.Sifted, passed time.Duration) string {
	words := "reading: " + Thousands(far.Read)
	if far.Total != model.Uncounted {
		words += " of " + Thousands(far.Total)
	}
	if passed < time.Second || far.Read == 0 {
		return words
	}
	words += fmt.Sprintf(", %s a second", Thousands(int(float64(far.Read)/passed.Seconds())))
	if left := far.Total - far.Read; left > 0 {
		words += fmt.Sprintf(", %d s left", int((passed*time.Duration(left)/time.Duration(far.Read)).Round(time.Second)/time.Second))
	}
	return words
}

// Fewer says that a list was longer than what came of it; empty where it was not.
func Fewer(read model.Sifted) string {
	if read.Total == model.Uncounted || read.Read >= read.Total {
		return ""
	}
	return fmt.Sprintf("The system speaks of %s rows and gave %s: rows may be missing.", Thousands(read.Total), Thousands(read.Read))
}
