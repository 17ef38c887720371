// Reads configurations with Prow's own loader and prints the result.
//
//	prow-config load CONFIG JOBS   the effective jobs of a config file and a job folder, one JSON object per line
//	prow-config lines              the same for JSON configurations, one per line: {config, jobs: {path: text}}
//	prow-config types              the Go types of jobs, Prow's config and the plugin config as one JSON object
//	prow-config match              one {pattern, path} per line: whether go-zglob, the matcher of config_updater, matches
//	prow-config cron               one JSON string per line: the error of the schedule, or ""
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	zglob "github.com/mattn/go-zglob"
	"github.com/sirupsen/logrus"
	cron "gopkg.in/robfig/cron.v2"
	"sigs.k8s.io/prow/pkg/config"
	"sigs.k8s.io/prow/pkg/plugins"
)

type job struct {
	Type string `json:"type"`
	Repo string `json:"repo,omitempty"`
	File string `json:"file"`
	Job  any    `json:"job"`
}

type answer struct {
	Error string `json:"error,omitempty"`
	Jobs  []job  `json:"jobs,omitempty"`
}

func load(configFile, folder string) answer {
	loaded, err := config.Load(configFile, folder, nil, "")
	if err != nil {
		return answer{Error: strings.ReplaceAll(err.Error(), folder+"/", "")}
	}
	jobs := []job{}
	file := func(path string) string {
		if relative, err := filepath.Rel(folder, path); err == nil {
			return relative
		}
		return path
	}
	for _, repo := range sorted(loaded.PresubmitsStatic) {
		for _, each := range loaded.PresubmitsStatic[repo] {
			jobs = append(jobs, job{"presubmit", repo, file(each.SourcePath), each})
		}
	}
	for _, repo := range sorted(loaded.PostsubmitsStatic) {
		for _, each := range loaded.PostsubmitsStatic[repo] {
			jobs = append(jobs, job{"postsubmit", repo, file(each.SourcePath), each})
		}
	}
	for _, each := range loaded.Periodics {
		jobs = append(jobs, job{"periodic", "", file(each.SourcePath), each})
	}
	return answer{Jobs: jobs}
}

func sorted[T any](from map[string]T) []string {
	keys := []string{}
	for key := range from {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

type question struct {
	Config string            `json:"config"`
	Jobs   map[string]string `json:"jobs"`
}

// Writes a configuration to a temporary folder and loads it.
func respond(asked question) answer {
	folder, err := os.MkdirTemp("", "prow-config-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	jobs := filepath.Join(folder, "jobs")
	put(filepath.Join(folder, "config.yaml"), asked.Config)
	if err := os.MkdirAll(jobs, 0o755); err != nil {
		panic(err)
	}
	for path, text := range asked.Jobs {
		put(filepath.Join(jobs, path), text)
	}
	return load(filepath.Join(folder, "config.yaml"), jobs)
}

func put(path, text string) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		panic(err)
	}
}

func matches(asked struct{ Pattern, Path string }) any {
	matched, err := zglob.Match(asked.Pattern, asked.Path)
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	return matched
}

func schedule(text string) any {
	if _, err := cron.Parse(text); err != nil {
		return err.Error()
	}
	return ""
}

// Answers each line of stdin with one line on stdout.
func eachLine[T any](respond func(T) any) {
	reader := bufio.NewReaderSize(os.Stdin, 1<<20)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for {
		line, err := reader.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			var asked T
			if err := json.Unmarshal([]byte(line), &asked); err != nil {
				panic(err)
			}
			if err := encoder.Encode(respond(asked)); err != nil {
				panic(err)
			}
		}
		if err == io.EOF {
			return
		}
	}
}

func print(value any) {
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
}

func main() {
	logrus.SetOutput(io.Discard)
	arguments := append(os.Args[1:], "", "", "")
	switch arguments[0] {
	case "load":
		loaded := load(arguments[1], arguments[2])
		if loaded.Error != "" {
			fmt.Fprintln(os.Stderr, loaded.Error)
			os.Exit(1)
		}
		for _, each := range loaded.Jobs {
			print(each)
		}
	case "lines":
		eachLine(func(asked question) any { return respond(asked) })
	case "match":
		eachLine(matches)
	case "cron":
		eachLine(schedule)
	case "types":
		print(describe(config.Config{}, config.JobConfig{}, plugins.Configuration{}))
	default:
		fmt.Fprintln(os.Stderr, "usage: prow-config load CONFIG JOBS | lines | match | cron | types")
		os.Exit(2)
	}
}
