package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// keys are those of the log and of its witnesses.
type keys struct {
	origin    string
	log       note.Verifier
	known     note.Verifiers
	witnesses map[string]bool
}

type checkpoint struct {
	tree         tlog.Tree
	cosignatures int
}

func newKeys(vkey string, witnesses []string) (*keys, error) {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	all := []note.Verifier{log}
	names := make(map[string]bool)
	for _, w := range witnesses {
		v, err := newCosigner(w)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
		names[v.Name()] = true
	}
	return &keys{log.Name(), log, note.VerifierList(all...), names}, nil
}

func (k *keys) fetch(f *files) (*checkpoint, error) {
	signed, err := f.get("checkpoint")
	if err != nil {
		return nil, err
	}
	return k.open(signed)
}

// open verifies a signed checkpoint. The package refuses a note with a wrong signature by a known key.
func (k *keys) open(signed []byte) (*checkpoint, error) {
	n, err := note.Open(signed, k.known)
	if err != nil {
		return nil, err
	}
	var byLog bool
	var c checkpoint
	for _, s := range n.Sigs {
		byLog = byLog || s.Name == k.log.Name() && s.Hash == k.log.KeyHash()
		if k.witnesses[s.Name] {
			c.cosignatures++
		}
	}
	rest := strings.TrimPrefix(n.Text, k.origin+"\n")
	if !byLog || rest == n.Text {
		return nil, fmt.Errorf("the checkpoint is not one of %s", k.origin)
	}
	// The package reads the body of checkpoints, but knows one log's name only.
	c.tree, err = tlog.ParseTree([]byte("go.sum database tree\n" + rest))
	return &c, err
}

// cosigner verifies cosignatures of C2SP tlog-cosignature v1, which the package does not know: type 4, eight
// bytes of time, and a signature over time and text.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("%q is not a key", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return nil, fmt.Errorf("%q is not a witness's key", vkey)
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(digest[:])
	if claimed, err := strconv.ParseUint(parts[1], 16, 32); err != nil || uint32(claimed) != hash {
		return nil, fmt.Errorf("the id of %q is not its own", vkey)
	}
	return &cosigner{parts[0], hash, ed25519.PublicKey(key[1:])}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	var message bytes.Buffer
	fmt.Fprintf(&message, "cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	message.Write(text)
	return ed25519.Verify(c.key, message.Bytes(), signature[8:])
}
