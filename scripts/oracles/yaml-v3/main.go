// Prints each document of stdin the way gopkg.in/yaml.v3 of June 2020 prints its node tree with indent 2,
// with a separator between documents. A yq 3 reader and printer must give the same output.
//
// With -lines, each line of stdin is a JSON object with a document and optionally a script and the target
// path of each command, as existing keys and indexes. Each answer is one line of JSON. The program does not
// support patterns: it only shows what the library prints after an update or delete of a known node.
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

type question struct {
	Document string          `json:"document"`
	Script   string          `json:"script"`
	Places   [][]interface{} `json:"places"`
}

type answer struct {
	Output string `json:"output"`
	Error  string `json:"error,omitempty"`
}

type command struct {
	Command string
	Value   yaml.Node
}

func respond(asked question) (result answer) {
	var out strings.Builder
	defer func() {
		result.Output = out.String()
		if panicked := recover(); panicked != nil {
			result.Error = fmt.Sprintf("panic: %v", panicked)
		}
	}()
	var commands []command
	if err := yaml.Unmarshal([]byte(asked.Script), &commands); err != nil {
		result.Error = err.Error()
		return
	}
	decoder := yaml.NewDecoder(strings.NewReader(asked.Document))
	for index := 0; ; index++ {
		var document yaml.Node
		err := decoder.Decode(&document)
		if err == io.EOF {
			return
		}
		if err == nil && index == 0 {
			err = run(document.Content[0], commands, asked.Places)
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
		if err := encoder.Encode(&document); err != nil {
			result.Error = err.Error()
			return
		}
	}
}

func run(root *yaml.Node, commands []command, places [][]interface{}) error {
	for number := range commands {
		place := places[number]
		if commands[number].Command == "update" {
			node, err := find(root, place)
			if err != nil {
				return err
			}
			line, column := node.Line, node.Column
			*node = commands[number].Value
			node.Line, node.Column = line, column
			continue
		}
		parent, err := find(root, place[:len(place)-1])
		if err != nil {
			return err
		}
		at, width, err := indexOf(parent, place[len(place)-1])
		if err != nil {
			return err
		}
		parent.Content = append(append([]*yaml.Node{}, parent.Content[:at]...), parent.Content[at+width:]...)
	}
	return nil
}

func find(node *yaml.Node, place []interface{}) (*yaml.Node, error) {
	for _, step := range place {
		at, width, err := indexOf(node, step)
		if err != nil {
			return nil, err
		}
		node = node.Content[at+width-1]
	}
	return node, nil
}

// Returns the position of an entry or item in Content, and the number of nodes that it occupies.
func indexOf(node *yaml.Node, step interface{}) (int, int, error) {
	if index, ok := step.(float64); ok && node.Kind == yaml.SequenceNode && int(index) < len(node.Content) {
		return int(index), 1, nil
	}
	for at := 0; node.Kind == yaml.MappingNode && at < len(node.Content); at += 2 {
		if node.Content[at].Value == step {
			return at, 2, nil
		}
	}
	return 0, 0, fmt.Errorf("nothing at %v", step)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-lines" {
		answerLines()
		return
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	result := respond(question{Document: string(text)})
	fmt.Print(result.Output)
	if result.Error != "" {
		fmt.Fprintln(os.Stderr, result.Error)
		os.Exit(1)
	}
}

func answerLines() {
	reader := bufio.NewReaderSize(os.Stdin, 1<<20)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for {
		line, err := reader.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			var asked question
			if err := json.Unmarshal([]byte(line), &asked); err != nil {
				panic(err)
			}
			if err := encoder.Encode(respond(asked)); err != nil {
				panic(err)
			}
		}
		if err != nil {
			return
		}
	}
}
