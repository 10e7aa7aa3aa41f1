// Judges a configuration with the code of Temporal server v1.32.1.
package main

import (
	"errors"
	"io"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"gopkg.in/yaml.v3"

	"judge/protocol"
)

func main() { protocol.Serve(server{}) }

type server struct{}

// Load as cmd/server/main.go:171.
func (server) Load(dir, env string) (protocol.Loaded, error) {
	cfg, err := config.Load(config.WithEnv(env), config.WithConfigDir(dir))
	if err != nil {
		return protocol.Loaded{}, err
	}
	return protocol.Loaded{
		Metadata: metadata(cfg),
		Boot:     func() error { return boot(cfg) },
	}, nil
}

// boot in the order of the server: the options are validated (temporal/server_options.go:133), the
// current cluster is looked up for the database (temporal/fx.go:724-727), then every service makes its
// metadata (common/cluster/fx.go:11). The rule in the middle is a copy, because package temporal links
// the whole server. The database itself, empty at first boot, saves what it is given and refuses nothing.
func boot(cfg *config.Config) error {
	if err := cfg.Validate(); err != nil {
		return err
	}
	m := cfg.ClusterMetadata
	if _, ok := m.ClusterInformation[m.CurrentClusterName]; !ok {
		return errMissingCurrentCluster
	}
	cluster.NewMetadataFromConfig(m, nil, defaults, log.NewNoopLogger())
	redirection(cfg)
	return nil
}

// errMissingCurrentCluster is missingCurrentClusterMetadataErr of temporal/fx.go:71.
var errMissingCurrentCluster = errors.New(
	"missing current cluster metadata under clusterMetadata.ClusterInformation")

// defaults is the dynamic configuration of a server that has none.
var defaults = dynamicconfig.NewNoopCollection()

// redirection is RedirectionPolicyGenerator of common/rpc/interceptor/dc_redirection_policy.go:90, copied
// because package interceptor needs more modules than everything else here. It runs when the frontend starts.
func redirection(cfg *config.Config) {
	protocol.Redirection(cfg.DCRedirectionPolicy.Policy, "selected-apis-forwarding", "all-apis-forwarding")
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
			HTTPAddress:            c.HTTPAddress,
		}
	}
	return &protocol.Metadata{
		EnableGlobalNamespace:    m.EnableGlobalNamespace,
		FailoverVersionIncrement: m.FailoverVersionIncrement,
		MasterClusterName:        m.MasterClusterName,
		CurrentClusterName:       m.CurrentClusterName,
		ClusterInformation:       clusters,
		Redirection:              cfg.DCRedirectionPolicy.Policy,
		RemoteTLS:                remoteTLS(cfg),
	}
}

// remoteTLS as common/rpc/encryption/local_store_tls_provider.go:145 asks for it.
func remoteTLS(cfg *config.Config) map[string]protocol.RemoteTLS {
	hosts := make(map[string]protocol.RemoteTLS, len(cfg.Global.TLS.RemoteClusters))
	for host, group := range cfg.Global.TLS.RemoteClusters {
		remote := protocol.RemoteTLS{
			Enabled:     group.IsClientEnabled(),
			ServerName:  group.Client.ServerName,
			RootCAFiles: append([]string{}, group.Client.RootCAFiles...),
		}
		if group.Server.RequireClientAuth {
			remote.CertFile, remote.KeyFile = group.Server.CertFile, group.Server.KeyFile
		}
		hosts[host] = remote
	}
	return hosts
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
