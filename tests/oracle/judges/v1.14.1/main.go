// Judges a configuration with the code of Temporal server v1.14.1.
package main

import (
	"io"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"gopkg.in/yaml.v3"

	"judge/protocol"
)

func main() { protocol.Serve(server{}) }

type server struct{}

// Load as cmd/server/main.go:129.
func (server) Load(dir, env string) (protocol.Loaded, error) {
	cfg, err := config.LoadConfig(env, dir, "")
	if err != nil {
		return protocol.Loaded{}, err
	}
	return protocol.Loaded{
		Metadata: metadata(cfg),
		Boot:     func() error { return boot(cfg) },
	}, nil
}

// boot in the order of the server: the options are validated (temporal/server_options.go:117), then
// every service makes its metadata (common/resource/fx.go:85). In between stands the database, empty at
// first boot: every entry of the file is saved and read back, none is refused (temporal/fx.go:557-662).
func boot(cfg *config.Config) error {
	if err := cfg.Validate(); err != nil {
		return err
	}
	cluster.NewMetadataFromConfig(cfg.ClusterMetadata, nil, log.NewNoopLogger())
	redirection(cfg)
	return nil
}

// redirection is RedirectionPolicyGenerator of service/frontend/dcRedirectionPolicy.go:88, copied because
// package frontend links the whole server. It runs when the frontend starts.
func redirection(cfg *config.Config) {
	protocol.Redirection(cfg.DCRedirectionPolicy.Policy, "selected-apis-forwarding")
}

func metadata(cfg *config.Config) *protocol.Metadata {
	m := cfg.ClusterMetadata
	if m == nil {
		return nil
	}
	clusters := make(map[string]protocol.Cluster, len(m.ClusterInformation))
	for name, c := range m.ClusterInformation {
		clusters[name] = protocol.Cluster{
			Enabled:                c.Enabled,
			InitialFailoverVersion: c.InitialFailoverVersion,
			RPCAddress:             c.RPCAddress,
		}
	}
	return &protocol.Metadata{
		EnableGlobalNamespace:    m.EnableGlobalNamespace,
		FailoverVersionIncrement: m.FailoverVersionIncrement,
		MasterClusterName:        m.MasterClusterName,
		CurrentClusterName:       m.CurrentClusterName,
		ClusterInformation:       clusters,
		Redirection:              cfg.DCRedirectionPolicy.Policy,
		RemoteTLS:                map[string]protocol.RemoteTLS{},
	}
}

func (server) Strict(text io.Reader) error {
	var file struct {
		ClusterMetadata     *cluster.Config            `yaml:"clusterMetadata"`
		DCRedirectionPolicy config.DCRedirectionPolicy `yaml:"dcRedirectionPolicy"`
		Global              config.Global              `yaml:"global"`
	}
	decoder := yaml.NewDecoder(text)
	decoder.KnownFields(true)
	return protocol.OneDocument(decoder.Decode, &file)
}

func (server) Scalar(document []byte) (string, any, error) {
	var typed struct{ Key string }
	var untyped struct{ Key any }
	if err := yaml.Unmarshal(document, &typed); err != nil {
		return "", nil, err
	}
	err := yaml.Unmarshal(document, &untyped)
	return typed.Key, untyped.Key, err
}
