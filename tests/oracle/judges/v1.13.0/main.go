// Judges a configuration with the code of Temporal server v1.13.0.
package main

import (
	"io"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"gopkg.in/yaml.v2"

	"judge/protocol"
)

func main() { protocol.Serve(server{}) }

type server struct{}

// Load as cmd/server/main.go:127.
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

// boot in the order of the server: the options are validated (temporal/server_options.go:113), then
// every service makes its metadata (common/resource/fx.go:156-164, copied because package resource
// links the whole server).
func boot(cfg *config.Config) error {
	if err := cfg.Validate(); err != nil {
		return err
	}
	m := cfg.ClusterMetadata
	cluster.NewMetadata(
		m.EnableGlobalNamespace,
		m.FailoverVersionIncrement,
		m.MasterClusterName,
		m.CurrentClusterName,
		m.ClusterInformation,
	)
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
		ClusterMetadata     *config.ClusterMetadata    `yaml:"clusterMetadata"`
		DCRedirectionPolicy config.DCRedirectionPolicy `yaml:"dcRedirectionPolicy"`
		Global              config.Global              `yaml:"global"`
	}
	decoder := yaml.NewDecoder(text)
	decoder.SetStrict(true)
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
