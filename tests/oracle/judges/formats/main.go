// Reads files of other formats as the programs do that they are for: values as Helm and Temporal's chart, compose files
// as Docker Compose. One JSON line for each question, one for each answer.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"text/template"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"sigs.k8s.io/yaml"
)

type question struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type answer struct {
	// Text is what a server reads in the end, of values.
	Text string `json:"text"`
	// Shards is the number of history shards that the chart is given; 0 for its own.
	Shards int `json:"shards"`
	// Services are those of a compose file, by name.
	Services []service `json:"services"`
	Error    string    `json:"error"`
}

type service struct {
	Name       string   `json:"name"`
	Image      string   `json:"image"`
	Entrypoint []string `json:"entrypoint"`
	// Ports as "address:port:port".
	Ports []string `json:"ports"`
	// Mounts are the files of this machine that the container sees.
	Mounts []string `json:"mounts"`
	// After are the services that it waits for, and what for.
	After []string `json:"after"`
}

func main() {
	questions := json.NewDecoder(bufio.NewReader(os.Stdin))
	answers := json.NewEncoder(os.Stdout)
	for questions.More() {
		var q question
		if err := questions.Decode(&q); err != nil {
			panic(err)
		}
		a, err := answerTo(q)
		if err != nil {
			a.Error = err.Error()
		}
		if err := answers.Encode(a); err != nil {
			panic(err)
		}
	}
}

func answerTo(q question) (answer, error) {
	switch q.Kind {
	case "helm":
		return helm(q.Text)
	case "compose":
		return compose(q.Text)
	}
	return answer{}, fmt.Errorf("no such kind of question: %q", q.Kind)
}

// values are those that the chart looks at.
type values struct {
	Server struct {
		Config struct {
			ClusterMetadata     map[string]any `json:"clusterMetadata"`
			DCRedirectionPolicy map[string]any `json:"dcRedirectionPolicy"`
			TLS                 map[string]any `json:"tls"`
			Persistence         struct {
				NumHistoryShards int `json:"numHistoryShards"`
			} `json:"persistence"`
		} `json:"config"`
	} `json:"server"`
}

// helm does what Helm and templates/server-configmap.yaml of the chart do (temporalio/helm-charts 1.6.0): the values are
// written by another YAML library into the text of a file within a manifest, which the server reads as a template.
func helm(text string) (answer, error) {
	var untyped map[string]any
	if err := yaml.Unmarshal([]byte(text), &untyped); err != nil {
		return answer{}, err
	}
	var v values
	if err := yaml.UnmarshalStrict([]byte(text), &v); err != nil {
		return answer{}, err
	}
	config := v.Server.Config
	var manifest strings.Builder
	manifest.WriteString("data:\n  config_template.yaml: |-\n    # enable-template\n")
	if config.TLS != nil {
		manifest.WriteString("    global:\n      tls:" + nindent(10, toYAML(config.TLS)) + "\n")
	}
	manifest.WriteString("    clusterMetadata:")
	manifest.WriteString(nindent(8, toYAML(config.ClusterMetadata)))
	if config.DCRedirectionPolicy != nil {
		manifest.WriteString("\n\n    dcRedirectionPolicy:" + nindent(8, toYAML(config.DCRedirectionPolicy)))
	}
	var read struct{ Data map[string]string }
	if err := yaml.Unmarshal([]byte(manifest.String()), &read); err != nil {
		return answer{}, err
	}
	parsed, err := template.New("config").Parse(read.Data["config_template.yaml"])
	if err != nil {
		return answer{}, err
	}
	var rendered bytes.Buffer
	if err := parsed.Execute(&rendered, nil); err != nil {
		return answer{}, err
	}
	// The comment has done its work: whoever reads this next must not do it again.
	final := strings.TrimPrefix(rendered.String(), "# enable-template\n")
	return answer{Text: final, Shards: config.Persistence.NumHistoryShards}, nil
}

func toYAML(value any) string {
	text, err := yaml.Marshal(value)
	if err != nil {
		panic(err)
	}
	return strings.TrimSuffix(string(text), "\n")
}

func nindent(spaces int, text string) string {
	pad := "\n" + strings.Repeat(" ", spaces)
	return pad + strings.ReplaceAll(text, "\n", pad)
}

func compose(text string) (answer, error) {
	details := types.ConfigDetails{
		WorkingDir:  "/lab",
		ConfigFiles: []types.ConfigFile{{Filename: "/lab/compose.yaml", Content: []byte(text)}},
		Environment: types.Mapping{},
	}
	project, err := loader.LoadWithContext(context.Background(), details)
	if err != nil {
		return answer{}, err
	}
	var a answer
	for _, name := range project.ServiceNames() {
		a.Services = append(a.Services, serviceOf(project.Services[name]))
	}
	return a, nil
}

func serviceOf(of types.ServiceConfig) service {
	s := service{Name: of.Name, Image: of.Image, Entrypoint: of.Entrypoint}
	for _, port := range of.Ports {
		s.Ports = append(s.Ports, fmt.Sprintf("%s:%s:%d", port.HostIP, port.Published, port.Target))
	}
	for _, volume := range of.Volumes {
		s.Mounts = append(s.Mounts, strings.TrimPrefix(volume.Source, "/lab/"))
	}
	for name, dependency := range of.DependsOn {
		s.After = append(s.After, name+" "+dependency.Condition)
	}
	sort.Strings(s.After)
	return s
}
