package stage

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// What the framework says of a time that it does not take.
var (
	ErrDateFormat = errors.New("Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].") //nolint:revive,staticcheck // in the words of the framework
	ErrDateRange  = errors.New("Datetime value out of range.")                                                                                  //nolint:revive,staticcheck // likewise
)

// The two ways in which Django 5.2 on Python 3.13 reads a time: as Python reads ISO 8601
// (weeks, compact forms, any letter between day and time, a bare day), and by a pattern
// of its own that takes one digit for two. Both were seen on authentik 2025.12.4.
var (
	isoDay      = regexp.MustCompile(`^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)`)
	isoClock    = regexp.MustCompile(`^(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?$`)
	djangoTime  = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$`)
	djangoShift = regexp.MustCompile(`^([+-])(\d{2})(?::?(\d{2}))?$`)
)

// ReadDateTime reads a field that is a time. What has no zone is UTC.
func ReadDateTime(raw json.RawMessage) (time.Time, error) {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return time.Time{}, ErrDateFormat // what is no text is no time
	}
	return ParseDateTime(text)
}

// ParseDateTime reads a time as Django does.
func ParseDateTime(text string) (time.Time, error) {
	at, ok := parseISO(text)
	if !ok {
		at, ok = parseDjango(text)
	}
	if !ok {
		return time.Time{}, ErrDateFormat
	}
	at = at.UTC()
	if at.Year() < 1 || at.Year() > 9999 {
		return time.Time{}, ErrDateRange
	}
	return at, nil
}

// parseISO reads what Python's datetime.fromisoformat reads.
func parseISO(text string) (time.Time, bool) {
	day := isoDay.FindStringSubmatch(text)
	if day == nil {
		return time.Time{}, false
	}
	date, ok := isoDate(day)
	rest := text[len(day[0]):]
	if !ok || rest == "" {
		return date, ok
	}
	rest = rest[runeLen(rest):] // any one letter stands between
	clock, zone := rest, ""
	if i := strings.IndexAny(rest, "+-Z"); i >= 0 {
		clock, zone = rest[:i], rest[i:]
	}
	since, ok := isoTime(clock)
	if !ok || since >= Day {
		return time.Time{}, false
	}
	shift, ok := isoZone(zone)
	return date.Add(since - shift), ok
}

func runeLen(text string) int {
	for i := range text {
		if i > 0 {
			return i
		}
	}
	return len(text)
}

// isoDate is the day of a match of isoDay.
func isoDate(m []string) (time.Time, bool) {
	year := number(m[1])
	if week := m[6] + m[8]; week != "" {
		return weekDate(year, number(week), number("0"+m[7]+m[9]))
	}
	return calendarDate(year, number(m[2]+m[4]), number(m[3]+m[5]))
}

// calendarDate refuses a day that its month does not have.
func calendarDate(year, month, day int) (time.Time, bool) {
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return date, year > 0 && int(date.Month()) == month && date.Day() == day
}

// weekDate is a day of a week, which is a Monday unless it is given.
func weekDate(year, week, day int) (time.Time, bool) {
	if day == 0 {
		day = 1
	}
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // is always in the first week
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	date := monday.AddDate(0, 0, (week-1)*7+day-1)
	in, _ := date.ISOWeek()
	return date, year > 0 && week > 0 && day <= 7 && in == year
}

// isoTime is a clock with or without colons, and the parts of a second to the sixth digit.
func isoTime(clock string) (time.Duration, bool) {
	m := isoClock.FindStringSubmatch(clock)
	if m == nil {
		return 0, false
	}
	return clockTime(number(m[1]), number("0"+m[2]+m[5]), number("0"+m[3]+m[6]), m[4]+m[7])
}

func isoZone(zone string) (time.Duration, bool) {
	if zone == "" || zone == "Z" {
		return 0, true
	}
	shift, ok := isoTime(zone[1:])
	if zone[0] == '-' {
		shift = -shift
	}
	return shift, ok && zone[0] != 'Z' && shift < Day && -shift < Day
}

// parseDjango is how Django reads what Python does not.
func parseDjango(text string) (time.Time, bool) {
	m := djangoTime.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	date, ok := calendarDate(number(m[1]), number(m[2]), number(m[3]))
	since, fits := clockTime(number(m[4]), number(m[5]), number("0"+m[6]), m[7])
	var shift time.Duration
	if z := djangoShift.FindStringSubmatch(m[8]); z != nil {
		shift = time.Duration(number(z[2]))*time.Hour + time.Duration(number("0"+z[3]))*time.Minute
		if z[1] == "-" {
			shift = -shift
		}
	}
	return date.Add(since - shift), ok && fits
}

func clockTime(hours, minutes, seconds int, fraction string) (time.Duration, bool) {
	micro := number((fraction + "000000")[:6])
	since := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute +
		time.Duration(seconds)*time.Second + time.Duration(micro)*time.Microsecond
	return since, hours < 24 && minutes < 60 && seconds < 60
}

// number is for digits alone.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
