// Prints every document of stdin as gopkg.in/yaml.v3 of June 2020 prints its node tree with indent 2, with a
// separator before each further document: what a reader and printer of that library's age must give.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	yaml "gopkg.in/yaml.v3"
)

type answer struct {
	Output string `json:"output"`
	Error  string `json:"error,omitempty"`
}

func render(text string) (result answer) {
	var out strings.Builder
	defer func() {
		result.Output = out.String()
		if panicked := recover(); panicked != nil {
			result.Error = fmt.Sprintf("panic: %v", panicked)
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for index := 0; ; index++ {
		var node yaml.Node
		err := decoder.Decode(&node)
		if err == io.EOF {
			return
		}
		if err != nil {
			result.Error = err.Error()
			return
		}
		if index > 0 {
			out.WriteString("---\n")
		}
		encoder := yaml.NewEncoder(&out)
		encoder.SetIndent(2)
		if err := encoder.Encode(&node); err != nil {
			result.Error = err.Error()
			return
		}
	}
}

// With -lines every line of stdin is a JSON string, answered by one line of JSON.
func main() {
	if len(os.Args) > 1 && os.Args[1] == "-lines" {
		reader := bufio.NewReaderSize(os.Stdin, 1<<20)
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetEscapeHTML(false)
		for {
			line, err := reader.ReadString('\n')
			if strings.TrimSpace(line) != "" {
				var text string
				if err := json.Unmarshal([]byte(line), &text); err != nil {
					panic(err)
				}
				if err := encoder.Encode(render(text)); err != nil {
					panic(err)
				}
			}
			if err != nil {
				return
			}
		}
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	result := render(string(text))
	fmt.Print(result.Output)
	if result.Error != "" {
		fmt.Fprintln(os.Stderr, result.Error)
		os.Exit(1)
	}
}
