// Package protocol is what the judges of all releases have in common: questions come in as JSON
// lines, answers go out as JSON lines, one for one and in the same order, until the input ends.
//
// A judge adds the one thing that differs, the server code of its release, as a [Server]. The Rust
// side of the protocol is src/judge.rs.
package protocol

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	stdlog "log"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Server is Temporal's own code, as far as it judges a file.
type Server interface {
	// Load reads <dir>/base.yaml and then <dir>/<env>.yaml, as the command `start` does.
	Load(dir, env string) (Loaded, error)
	// Strict reads the file alone and refuses every key the server would ignore without a word.
	Strict(text io.Reader) error
	// Scalar reads `key: <scalar>`, once into a Go string as the server does with names and
	// addresses, once into whatever type the YAML library takes the scalar for.
	Scalar(document []byte) (text string, resolved any, err error)
}

// Loaded is a configuration that was read without an error.
type Loaded struct {
	// Metadata is nil if the files have no clusterMetadata.
	Metadata *Metadata
	// Boot does with it what the server does before it opens a port. It may panic.
	Boot func() error
}

// Metadata holds every value of clusterMetadata as the server has it.
type Metadata struct {
	EnableGlobalNamespace    bool               `json:"enableGlobalNamespace"`
	FailoverVersionIncrement int64              `json:"failoverVersionIncrement"`
	MasterClusterName        string             `json:"masterClusterName"`
	CurrentClusterName       string             `json:"currentClusterName"`
	ClusterInformation       map[string]Cluster `json:"clusterInformation"`
	// Redirection is the policy of the section beside clusterMetadata.
	Redirection string `json:"redirection"`
	// RemoteTLS is global.tls.remoteClusters by host; nothing in releases that do not read it.
	RemoteTLS map[string]RemoteTLS `json:"remoteTls"`
}

// Cluster is one entry of clusterInformation.
type Cluster struct {
	Enabled                bool   `json:"enabled"`
	InitialFailoverVersion int64  `json:"initialFailoverVersion"`
	RPCAddress             string `json:"rpcAddress"`
	// HTTPAddress is empty in releases that do not read it.
	HTTPAddress string `json:"httpAddress"`
}

// RemoteTLS is how the cluster dials a host.
type RemoteTLS struct {
	Enabled     bool     `json:"enabled"`
	ServerName  string   `json:"serverName"`
	RootCAFiles []string `json:"rootCaFiles"`
	// CertFile and KeyFile are empty unless the server would show them.
	CertFile string `json:"certFile"`
	KeyFile  string `json:"keyFile"`
}

// base is the smallest configuration that the three releases accept. It has no clusterMetadata: that
// is for the judged file to bring.
const base = `persistence:
  defaultStore: default
  visibilityStore: default
  numHistoryShards: 4
  datastores:
    default:
      sql: {pluginName: sqlite, databaseName: default, connectAddr: localhost, connectProtocol: tcp}
publicClient:
  hostPort: "127.0.0.1:7233"
`

// env names the judged file, in the place of "development" or "production".
const env = "judged"

type question struct {
	ID   uint64 `json:"id"`
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// verdict says whether a server starts on a file: Stage, Message and Exit tell how it ended if not.
type verdict struct {
	ID uint64 `json:"id"`
	OK bool   `json:"ok"`
	// Stage is "parse" or "validate".
	Stage   string `json:"stage,omitempty"`
	Message string `json:"message,omitempty"`
	// Exit is the exit status of the process: 1 after an error, 2 after a panic.
	Exit int `json:"exit,omitempty"`
	// Strict says what a strict reading has against the file. The server itself is not strict.
	Strict *string   `json:"strict"`
	Config *Metadata `json:"config"`
}

type hostPort struct {
	ID   uint64 `json:"id"`
	Host string `json:"host"`
	Port string `json:"port"`
	// Error is nil if net.SplitHostPort accepts the text.
	Error *string `json:"error"`
}

type scalar struct {
	ID   uint64 `json:"id"`
	Text string `json:"text"`
	// Type is the Go type the scalar has if nobody asks for a string: "string", "int", "bool" …
	Type  string  `json:"type"`
	Error *string `json:"error"`
}

// Serve answers questions until standard input ends. A question that is not one ends the process:
// it is a mistake of the asking side, not a verdict.
func Serve(server Server) {
	// The server's loader tells the standard logger which files it reads, for every file.
	stdlog.SetOutput(io.Discard)
	if err := serve(server, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

func serve(server Server, in io.Reader, out io.Writer) error {
	dir, err := os.MkdirTemp("", "judge")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(base), 0o600); err != nil {
		return err
	}

	questions := bufio.NewReaderSize(in, 1<<16)
	answers := bufio.NewWriterSize(out, 1<<16)
	encoder := json.NewEncoder(answers)
	encoder.SetEscapeHTML(false)
	for {
		line, err := questions.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return answers.Flush()
		} else if err != nil {
			return err
		}
		var q question
		if err := json.Unmarshal(line, &q); err != nil {
			return err
		}
		answer, err := answerTo(server, dir, q)
		if err != nil {
			return err
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
		// Whoever asked in one batch gets the answers in few writes; whoever waits for one gets it.
		if questions.Buffered() == 0 {
			if err := answers.Flush(); err != nil {
				return err
			}
		}
	}
}

func answerTo(server Server, dir string, q question) (any, error) {
	switch q.Kind {
	case "boot":
		// A new file each time: one that is overwritten, ext4 brings to the disk before going on.
		file := filepath.Join(dir, env+".yaml")
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err := os.WriteFile(file, []byte(q.Text), 0o600); err != nil {
			return nil, err
		}
		return judge(server, dir, q), nil
	case "hostport":
		host, port, err := net.SplitHostPort(q.Text)
		return hostPort{q.ID, host, port, message(err)}, nil
	case "scalar":
		text, resolved, err := server.Scalar([]byte("key: " + q.Text))
		return scalar{q.ID, text, fmt.Sprintf("%T", resolved), message(err)}, nil
	}
	return nil, fmt.Errorf("no such kind of question: %q", q.Kind)
}

func judge(server Server, dir string, q question) verdict {
	v := verdict{ID: q.ID, Strict: strict(server, q.Text)}
	var loaded Loaded
	if end := attempt(func() (err error) {
		loaded, err = server.Load(dir, env)
		return err
	}); end != nil {
		return refuse(v, "parse", end)
	}
	v.Config = loaded.Metadata
	if end := attempt(loaded.Boot); end != nil {
		return refuse(v, "validate", end)
	}
	v.OK = true
	return v
}

func strict(server Server, text string) *string {
	end := attempt(func() error { return server.Strict(strings.NewReader(text)) })
	if end == nil {
		return nil
	}
	return &end.message
}

func refuse(v verdict, stage string, end *end) verdict {
	v.Stage, v.Message, v.Exit = stage, end.message, end.exit
	return v
}

// end is how the server's process would end.
type end struct {
	message string
	exit    int
}

func attempt(step func() error) (ended *end) {
	defer func() {
		if r := recover(); r != nil {
			ended = &end{fmt.Sprint(r), 2}
		}
	}()
	if err := step(); err != nil {
		return &end{err.Error(), 1}
	}
	return nil
}

func message(err error) *string {
	if err == nil {
		return nil
	}
	text := err.Error()
	return &text
}

// ErrSecondDocument is what a strict reading says where the server stops reading without a word.
var ErrSecondDocument = errors.New("the file has a second document, which the server never reads")

// Redirection refuses a policy that is none of those that a release knows, as its frontend does.
func Redirection(policy string, known ...string) {
	if policy == "" || policy == "noop" || slices.Contains(known, policy) {
		return
	}
	panic(fmt.Sprintf("Unknown DC redirection policy %v", policy))
}

// OneDocument decodes a whole file, which may hold nothing, but not two documents.
func OneDocument(decode func(any) error, into any) error {
	if err := decode(into); err == io.EOF {
		return nil
	} else if err != nil {
		return err
	}
	var second any
	if err := decode(&second); err != io.EOF {
		return ErrSecondDocument
	}
	return nil
}
