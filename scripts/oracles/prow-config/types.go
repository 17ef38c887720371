package main

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
)

// Go types as text: a word for a scalar, a prefix and an element type for a container ("*" pointer,
// "[" list, "{" map with string keys), or the name of a struct.
type described struct {
	Roots map[string]string            `json:"roots"`
	Types map[string]map[string]string `json:"types"`
}

var (
	jsonReader = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()
	textReader = reflect.TypeOf((*encoding.TextUnmarshaler)(nil)).Elem()
)

// Describes the types of the given values and all nested types, with JSON field names. A "?" after a field
// name means that its zero value is omitted. A "^" before a type means that the field comes from an embedded
// struct: sigs.k8s.io/yaml does not convert numbers to strings there.
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
