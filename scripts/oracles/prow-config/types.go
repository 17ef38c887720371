package main

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
)

// A type as this program prints it: a word for a scalar, a letter and a type for what holds others ("*" pointer,
// "[" list, "{" map from strings), or the name of a struct.
type described struct {
	Roots map[string]string            `json:"roots"`
	Types map[string]map[string]string `json:"types"`
}

var (
	jsonReader = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()
	textReader = reflect.TypeOf((*encoding.TextUnmarshaler)(nil)).Elem()
)

// The types of the given values, and of all that is in them, with their fields under the names of JSON. A "?" after
// a field's name says that its zero value is left out, a "^" before its type that it comes from an embedded struct:
// sigs.k8s.io/yaml turns no number into a string there.
func describe(values ...any) described {
	result := described{Roots: map[string]string{}, Types: map[string]map[string]string{}}
	for _, value := range values {
		t := reflect.TypeOf(value)
		result.Roots[t.Name()] = result.name(t)
	}
	return result
}

func (d *described) name(t reflect.Type) string {
	pointer := reflect.PointerTo(t)
	if strings.Contains(t.PkgPath(), "tekton") {
		return "any"
	}
	if t.Kind() != reflect.Pointer && (pointer.Implements(jsonReader) || pointer.Implements(textReader)) {
		return "!" + t.String()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + d.name(t.Elem())
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[" + d.name(t.Elem())
	case reflect.Map:
		return "{" + d.name(t.Elem())
	case reflect.Struct:
		return d.structure(t)
	case reflect.String, reflect.Bool:
		return t.Kind().String()
	case reflect.Float32, reflect.Float64:
		return "float"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if t.String() == "time.Duration" {
			return "nanoseconds"
		}
		return "int"
	}
	return "any"
}

func (d *described) structure(t reflect.Type) string {
	name := t.String()
	if _, known := d.Types[name]; known {
		return name
	}
	fields := map[string]string{}
	d.Types[name] = fields
	d.fieldsOf(t, fields, "")
	return name
}

func (d *described) fieldsOf(t reflect.Type, fields map[string]string, mark string) {
	for at := 0; at < t.NumField(); at++ {
		field := t.Field(at)
		tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == "-" || (!field.IsExported() && !field.Anonymous) {
			continue
		}
		if field.Anonymous && tag == "" {
			inner := field.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct {
				d.fieldsOf(inner, fields, "^")
				continue
			}
		}
		if tag == "" {
			tag = field.Name
		}
		if strings.Contains(options, "omitempty") {
			tag += "?"
		}
		fields[tag] = mark + d.name(field.Type)
	}
}
