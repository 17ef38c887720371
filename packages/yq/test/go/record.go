// Records the results of Go's standard library for the cases of go.test.ts. Run in this folder:
//
//	TZ=UTC go run record.go > vectors/go.json
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"strings"
	"time"
)

type vector struct {
	Kind string   `json:"kind"`
	In   []string `json:"in"`
	Out  string   `json:"out"`
}

var vectors = []vector{}

func record(kind string, out string, in ...string) {
	vectors = append(vectors, vector{kind, in, out})
}

var elements = []string{"January", "Jan", "1", "01", "Monday", "Mon", "2", "_2", "02", "__2", "002", "15", "3", "03", "4", "04",
	"5", "05", "2006", "06", "PM", "pm", "MST", "-0700", "-07:00", "Z07:00", "Z0700", "-07", "Z07", ".000", ".999", ",00",
	"-07:00:00", "Z070000", time.RFC3339, "2006-01-02", "Monday, 02-Jan-06 at 3:04PM MST", "_2006", time.ANSIC}
var separators = []string{" ", "-", "/", ":", "T", ", ", "  ", "at ", ""}
var zones = []string{"UTC", "Australia/Sydney", "America/New_York", "Europe/London", "Asia/Kolkata", "America/Sao_Paulo",
	"Asia/Tokyo", "Pacific/Auckland", "Europe/Moscow", "Asia/Kathmandu"}

func drawLayout(random *rand.Rand) string {
	layout := ""
	for n := 1 + random.Intn(5); n > 0; n-- {
		layout += elements[random.Intn(len(elements))]
		if n > 1 {
			layout += separators[random.Intn(len(separators))]
		}
	}
	return layout
}

func recordTimes() {
	random := rand.New(rand.NewSource(7))
	previous := time.RFC3339
	for i := 0; i < 120; i++ {
		layout, zone := drawLayout(random), zones[i%len(zones)]
		location, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		moment := time.Unix(random.Int63n(4e9)-5e8, int64(random.Intn(1e9))).In(location)
		text := moment.Format(layout)
		record("format", text, fmt.Sprint(moment.Unix()), fmt.Sprint(moment.Nanosecond()), zone, layout)
		for _, value := range []string{text, text + "x", strings.ToLower(text), previous} {
			recordParse(layout, value)
		}
		previous = text
	}
	for _, value := range []string{"2021-02-30", "2021-02-28", "2020-02-29", "cat", "2021-13-01", "2021-1-1", ""} {
		recordParse("2006-01-02", value)
		recordParse(time.RFC3339, value+"T10:00:00Z")
	}
}

func recordParse(layout string, value string) {
	moment, err := time.Parse(layout, value)
	if err != nil {
		record("parse", "refused", layout, value)
		return
	}
	name, offset := moment.Zone()
	record("parse", fmt.Sprintf("%d %d %s %d", moment.Unix(), moment.Nanosecond(), name, offset), layout, value)
}

func recordDurations() {
	for _, text := range []string{"3h10m", "-1.5h", "300ms", "1us", "1µs", "5", "", "h", "1d", "1h2", "+3s", ".5s", "1.h", "0",
		"-0", "1h-2m", "9223372036s", "9300000000s", "1.000000000000000001s", "3ns2h"} {
		duration, err := time.ParseDuration(text)
		if err != nil {
			record("duration", err.Error(), text)
		} else {
			record("duration", fmt.Sprint(int64(duration)), text)
		}
	}
}

func recordExpressions() {
	patterns := []string{"a*", "(a)(b)?", "", "x|", `\b`, "^", "$", "(?P<n>c)at", "(?<m>d)", "[[:alpha:]]+", "(?i)CAT", `\pL+`,
		"(a|ab)(c|bcd)", "é", "(", "[", "a{1001}", `\1`, "(?=a)", "a**", `\Qa.b\E`, "(?s).", `\d+`, "([a-z]+)([0-9]*)", `\z`,
		"(?m)^.", "a+?", "[^a]", `\x41`, `\C`, `\Z`, "(?U)a+", `\pZ`, "x{2,1}"}
	subjects := []string{"", "a", "aab", "cat dog", "abcd", "aé😀b", "Cat cat CAT", "a.b a.b", "x1y22", "line1\nline2"}
	templates := []string{"[$0]", "${1}x", "$1x", "$n-$m", "$$", "$", "${", "${n}$2", "<$1$2>", "$01", "${9}", "$é"}
	for at, pattern := range patterns {
		expression, err := regexp.Compile(pattern)
		if err != nil {
			record("expression", err.Error(), pattern)
			continue
		}
		for index, subject := range subjects {
			offsets, _ := json.Marshal(expression.FindAllStringSubmatchIndex(subject, -1))
			record("matches", string(offsets), pattern, subject)
			template := templates[(at+index)%len(templates)]
			record("replacement", expression.ReplaceAllString(subject, template), pattern, subject, template)
		}
	}
}

func recordText() {
	for _, text := range []string{"straße", "ǅ", "ŉ", "İıIi", "ΑΣ", "ᾳ", "ﬀ", "ΐ", "éÉ", "ᾼ", "ẞ", "Ǆ", "ᾀ", "ὒ", "ა", "Ა"} {
		record("case", strings.ToUpper(text)+"|"+strings.ToLower(text), text)
	}
	for _, text := range []string{"a\"b\\c", "\x01\x7f", "é😀", "\u200b\u00a0", "\n\t\r\v\f\a\b", "\ufeff", "\U000e0001", "\u2028"} {
		record("quote", fmt.Sprintf("%q", text), text)
	}
	for _, number := range []float64{1e6, 123456789, 1234567.5, 999999.5, 1e5, 123456.7, 1234567, 1e20, 1.5e-5, 0.00012345678,
		0.1, 3, 0, 5e-324, 1.7976931348623157e308, -2.5e-10} {
		text, _ := json.Marshal(number)
		record("float", fmt.Sprint(number), string(text))
	}
}

func main() {
	recordTimes()
	recordDurations()
	recordExpressions()
	recordText()
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(vectors); err != nil {
		panic(err)
	}
}
